import type { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const tooSmall = (origin: string, minimum: unknown): string => {
  if (origin === "string") return "Chưa điền";
  if (origin === "array") return minimum === 1 ? "Chưa có mục nào" : `Cần ít nhất ${minimum} mục`;
  return `Không được nhỏ hơn ${minimum}`;
};
const tooBig = (origin: string, maximum: unknown): string => {
  if (origin === "string") return `Dài quá ${maximum} ký tự`;
  return origin === "array" ? `Có quá ${maximum} mục` : `Không được lớn hơn ${maximum}`;
};
const MOST_NAMED = 12;

/**
 * What is wrong with one place of a definition, in plain Vietnamese, where the schema itself says nothing: administrators
 * read it. The place is told beside it.
 */
export function faultText(issue: Issue): string {
  const isMissing = issue.input === undefined || issue.input === null || issue.input === "";
  switch (issue.code) {
    case "invalid_type":
      if (isMissing) return "Chưa có";
      return issue.expected === "number" || issue.expected === "int" ? "Phải là một số nguyên" : "Sai loại dữ liệu";
    case "too_small":
      return tooSmall(issue.origin, issue.minimum);
    case "too_big":
      return tooBig(issue.origin, issue.maximum);
    case "invalid_value":
      if (isMissing) return "Chưa chọn";
      return issue.values.length <= MOST_NAMED
        ? `Không nhận giá trị này; chỉ nhận: ${issue.values.join(", ")}`
        : "Không nhận giá trị này";
    case "invalid_format":
      return issue.format === "url"
        ? "Phải là một địa chỉ web đầy đủ, bắt đầu bằng https://"
        : isMissing
          ? "Chưa điền"
          : "Viết không đúng mẫu";
    case "unrecognized_keys":
      return `Có mục không biết: ${issue.keys.join(", ")}`;
    default:
      return isMissing ? "Chưa có" : "Giá trị không hợp lệ";
  }
}
