/**
 * Believable answers for any form, for the demo dossiers, the journeys and the benchmark. They go through the form's own
 * rules like anybody's: a sample that a field type would refuse fails the test that fills every seeded form.
 */
import { allFields, type ProcedureDefinition, typeOf } from "#procedures/index.ts";

type Field = ProcedureDefinition["form"]["pages"][number]["fields"][number];

export type Sample = {
  today: string;
  provinceCode: string;
  communeCode: string;
  communeName: string;
  /** Varies names and numbers, so that a hundred dossiers are not one. */
  number?: number;
};

const FAMILY = ["Nguyễn", "Hoàng", "Lý", "Nông", "Vi", "Lương", "Triệu", "Bế", "Trần", "Đinh"];
const MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh"];
const GIVEN = ["An", "Bình", "Chi", "Dũng", "Hạnh", "Khánh", "Lan", "Nga", "Páo", "Thảo", "Tùng", "Yến"];

const pickFrom = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A full name that the number chooses. */
export const sampleName = (n: number): string =>
  `${pickFrom(FAMILY, n)} ${pickFrom(MIDDLE, n * 7 + 1)} ${pickFrom(GIVEN, n * 5 + 3)}`;

/** Twelve digits that fit sex and year of birth. */
export const samplePersonalId = (gender: "male" | "female", year: number, n: number): string => {
  const century = Math.floor(year / 100) - 19;
  return `020${century * 2 + (gender === "female" ? 1 : 0)}${String(year % 100).padStart(2, "0")}${String(n % 1_000_000).padStart(6, "0")}`;
};

const yearBack = (today: string, years: number): string => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;

/** What somebody would write under a label; the first pattern that fits. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/cơ sở y tế|khám sức khỏe/i, "Bệnh viện Đa khoa tỉnh Lạng Sơn"],
  [/^Tên hộ kinh doanh/i, "Tạp hóa Kỳ Cùng"],
  [/Ngành, nghề/i, "Bán lẻ lương thực, thực phẩm"],
  [/^Tên tổ chức/i, "Hợp tác xã Nông nghiệp Mẫu Sơn"],
  [/thiết kế/i, "Công ty Tư vấn xây dựng Xứ Lạng"],
  [/Quan hệ/i, "Con"],
  [/Nơi cấp|Cơ quan (cấp|đã đăng ký)|Nơi dự định/i, "Ủy ban nhân dân phường Đông Kinh"],
  [/Nguyên nhân/i, "Tuổi cao, bệnh nặng"],
  [/Nơi thường trú/i, "Khối 4, phường Đông Kinh, tỉnh Lạng Sơn"],
  [/Chức vụ/i, "Giám đốc"],
  [/Mục đích/i, "Làm hồ sơ nhập học"],
  [/Ngân hàng/i, "Ngân hàng Nông nghiệp và Phát triển nông thôn"],
  [/Số, ngày/i, "Số 12/2024, ngày 15/05/2024, Ủy ban nhân dân phường Đông Kinh"],
  [/^Số|^Quyển/i, "12/2024"],
];
const sampleWords = (label: string, n: number): string =>
  WORDS.find(([pattern]) => pattern.test(label))?.[1] ?? `Theo giấy tờ kèm theo, mục ${n}`;

function dateFor(field: Field, today: string, partial: boolean): string {
  const { min, max, future } = field.settings as { min?: string; max?: string; future?: boolean };
  if (min && max) return min;
  if (future) return today;
  const child = /con|trẻ|chết|mất|tử/i.test(field.label.vi);
  const date = max ?? (child ? today : yearBack(today, 34));
  return partial ? date.slice(0, 4) : date;
}

/** What is asked of one person or organization, each as its own kind of question. */
function blockFor(field: Field, sample: Sample, n: number): Record<string, unknown> {
  const address = {
    provinceCode: sample.provinceCode,
    communeCode: sample.communeCode,
    line: `Số ${1 + (n % 90)}`,
    text: `Số ${1 + (n % 90)}, ${sample.communeName}`,
  };
  const all: Record<string, unknown> = {
    fullName: sampleName(n),
    gender: "male",
    birthDate: "1990-05-01",
    personalId: samplePersonalId("male", 1990, 1000 + n),
    nationality: "VN",
    phone: `0912${String(100000 + (n % 900000))}`,
    email: `nguoi.khai.${n}@example.vn`,
    address,
    organizationName: "Hợp tác xã Nông nghiệp Mẫu Sơn",
    taxCode: "0100109106",
    organizationAddress: address,
    representative: sampleName(n),
    position: "Giám đốc",
  };
  const settings = typeOf(field).settings as { asks: string[] };
  const first = field.type === "person" ? "fullName" : "organizationName";
  return Object.fromEntries([first, ...settings.asks].map((key) => [key, all[key]]));
}

function answerFor(field: Field, all: Readonly<Record<string, unknown>>, sample: Sample, place: number): unknown {
  const n = (sample.number ?? 0) * 31 + place;
  const settings = field.settings as Record<string, unknown>;
  switch (field.type) {
    case "text": {
      const format = settings["format"];
      const text =
        format === "personName" || /^Họ/.test(field.label.vi)
          ? sampleName(n)
          : format === "digits"
            ? String(100000 + n).padStart(Number(settings["minLength"] ?? 6), "0")
            : format === "letterDigits"
              ? `A${100000 + n}`
              : sampleWords(field.label.vi, n);
      const longest = typeof settings["maxLength"] === "number" ? settings["maxLength"] : 200;
      return text.slice(0, longest).trim();
    }
    case "long_text":
      return `Nội dung khai cho mục ${field.label.vi.toLowerCase()}.`;
    case "integer":
      return Math.max(Number(settings["min"] ?? 1), Math.min(2, Number(settings["max"] ?? 2)));
    case "number":
      return Math.max(Number(settings["min"] ?? 0), Math.min(12.5, Number(settings["max"] ?? 12.5)));
    case "autocomplete":
      return (settings["items"] as string[])[0];
    case "linked_lists": {
      const [first] = settings["items"] as { name: string; items: string[] }[];
      return { first: first?.name, second: first?.items[0] };
    }
    case "person":
    case "organization":
      return blockFor(field, sample, n);
    case "money":
      return Math.max(Number(settings["min"] ?? 0), 50_000_000);
    case "date":
      return dateFor(field, sample.today, false);
    case "partial_date":
      return dateFor(field, sample.today, true);
    case "time":
      return (settings["min"] as string | undefined) ?? "08:30";
    case "yes_no":
      return true;
    case "radio":
    case "select":
      return (settings["options"] as { value: string }[])[0]?.value;
    case "checkboxes":
      return [(settings["options"] as { value: string }[])[0]?.value];
    case "phone":
      return `0912${String(100000 + (n % 900000))}`;
    case "email":
      return `nguoi.khai.${n}@example.vn`;
    case "personal_id": {
      const gender = all[String(settings["gender"])] === "female" ? "female" : "male";
      const born = all[String(settings["birthDate"])];
      return samplePersonalId(gender, typeof born === "string" ? Number(born.slice(0, 4)) : 1990, 1000 + n);
    }
    case "tax_code":
      return "0100109106";
    case "address":
      return {
        provinceCode: sample.provinceCode,
        communeCode: sample.communeCode,
        line: settings["line"] === "none" ? "" : `Số ${1 + (n % 90)}`,
        text: `Số ${1 + (n % 90)}, ${sample.communeName}`,
      };
    case "nationality":
    case "country":
      return "VN";
    case "ethnic_group":
      return pickFrom(["01", "02", "05", "08"], n);
    case "declaration":
      return true;
    case "group": {
      const inner = settings["fields"] as Field[];
      return [{ id: "r1", values: answersOf(inner, sample, place * 100) }];
    }
    default:
      return undefined;
  }
}

function answersOf(fields: readonly Field[], sample: Sample, place: number): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  // Personal ids last: they must fit the sex and year of birth declared elsewhere in the form.
  const ordered = [...fields].sort((a, b) => Number(a.type === "personal_id") - Number(b.type === "personal_id"));
  for (const [i, field] of ordered.entries()) {
    const answer = answerFor(field, answers, sample, place + i);
    if (answer !== undefined) answers[field.id] = answer;
  }
  return answers;
}

/** Answers for every field of the form, hidden ones included: the form's own rules drop what does not apply. */
export function sampleAnswers(definition: ProcedureDefinition, sample: Sample): Record<string, unknown> {
  const inGroups = new Set(
    definition.form.pages.flatMap((page) =>
      page.fields.flatMap((field) => ((field.settings["fields"] as Field[] | undefined) ?? []).map(({ id }) => id)),
    ),
  );
  return answersOf(
    allFields(definition).filter(({ id }) => !inGroups.has(id)),
    sample,
    1,
  );
}
