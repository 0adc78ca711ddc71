import type { Outcome, Step, Workflow } from "./definition.ts";

// Three shapes from practice. A procedure version carries its own copy, so changing one here changes no procedure.

const handOver: Step = {
  id: "hand_over",
  name: { vi: "Chuyển hồ sơ đến cơ quan giải quyết", en: "Hand over to the competent agency" },
  role: "desk",
  agency: "receiving",
  status: "received",
  allowance: { amount: 2, unit: "working_hour" },
  outcomes: [{ id: "hand_over", name: { vi: "Chuyển hồ sơ", en: "Hand over" }, kind: "forward", to: "appraise" }],
};
const back = (to: string): Outcome => ({
  id: "return",
  name: { vi: "Trả lại để làm lại", en: "Send back" },
  kind: "return",
  to,
  needsNote: true,
});
const refusal: Outcome = {
  id: "refuse",
  name: { vi: "Từ chối giải quyết", en: "Refuse" },
  kind: "refuse",
  needsNote: true,
};
const issued: Outcome = {
  id: "issue",
  name: { vi: "Phát hành kết quả", en: "Issue the result" },
  kind: "complete",
  needsResult: true,
};

/** Commune, same day: desk hands over, specialist drafts, leader signs, clerk issues (as for khai sinh). */
export const communeSameDay: Workflow = {
  start: "hand_over",
  steps: [
    { ...handOver, allowance: { amount: 1, unit: "working_hour" } },
    {
      id: "appraise",
      name: { vi: "Thẩm tra và dự thảo kết quả", en: "Check and draft the result" },
      role: "specialist",
      agency: "competent",
      status: "processing",
      allowance: { amount: 2, unit: "working_hour" },
      outcomes: [
        { id: "submit", name: { vi: "Trình ký", en: "Submit for signature" }, kind: "forward", to: "sign" },
        back("hand_over"),
      ],
    },
    {
      id: "sign",
      name: { vi: "Ký duyệt", en: "Sign" },
      role: "leader",
      agency: "competent",
      status: "processing",
      allowance: { amount: 2, unit: "working_hour" },
      outcomes: [
        { id: "approve", name: { vi: "Ký duyệt", en: "Approve" }, kind: "forward", to: "issue" },
        back("appraise"),
        refusal,
      ],
    },
    {
      id: "issue",
      name: { vi: "Vào sổ, đóng dấu, phát hành", en: "Register, seal and issue" },
      role: "clerk",
      agency: "competent",
      status: "processing",
      allowance: { amount: 1, unit: "working_hour" },
      needs: ["result"],
      outcomes: [issued, back("sign")],
    },
  ],
};

/** Department: appraisal by a specialist who may consult another agency, review by the unit head, approval by the leader, issue. */
export const departmentAppraisal: Workflow = {
  start: "hand_over",
  steps: [
    handOver,
    {
      id: "appraise",
      name: { vi: "Thẩm định hồ sơ", en: "Appraise" },
      role: "specialist",
      agency: "competent",
      status: "processing",
      allowance: { amount: 5, unit: "working_day" },
      outcomes: [
        {
          id: "submit",
          name: { vi: "Trình lãnh đạo phòng", en: "Submit to the unit head" },
          kind: "forward",
          to: "review",
          waitsForBranches: true,
        },
        {
          id: "consult",
          name: { vi: "Lấy ý kiến cơ quan quản lý đất đai", en: "Consult the land authority" },
          kind: "forward",
          to: "appraise",
          consult: ["opinion"],
          needsNote: true,
        },
        back("hand_over"),
      ],
    },
    {
      id: "opinion",
      name: { vi: "Cho ý kiến phối hợp", en: "Give an opinion" },
      role: "specialist",
      agency: { kind: "department", at: "province", function: "land" },
      status: "processing",
      allowance: { amount: 3, unit: "working_day" },
      branch: true,
      outcomes: [{ id: "answer", name: { vi: "Gửi ý kiến", en: "Send the opinion" }, kind: "answer", needsNote: true }],
    },
    {
      id: "review",
      name: { vi: "Lãnh đạo phòng xem xét", en: "Unit head's review" },
      role: "unit_head",
      agency: "competent",
      status: "processing",
      allowance: { amount: 1, unit: "working_day" },
      notSameOfficerAs: ["appraise"],
      outcomes: [
        {
          id: "submit",
          name: { vi: "Trình lãnh đạo cơ quan", en: "Submit for approval" },
          kind: "forward",
          to: "approve",
        },
        back("appraise"),
      ],
    },
    {
      id: "approve",
      name: { vi: "Phê duyệt kết quả", en: "Approve the result" },
      role: "leader",
      agency: "competent",
      status: "processing",
      allowance: { amount: 1, unit: "working_day" },
      notSameOfficerAs: ["appraise"],
      outcomes: [
        { id: "approve", name: { vi: "Phê duyệt", en: "Approve" }, kind: "forward", to: "issue" },
        back("review"),
        refusal,
      ],
    },
    {
      id: "issue",
      name: { vi: "Cấp số, đóng dấu, phát hành", en: "Number, seal and issue" },
      role: "clerk",
      agency: "competent",
      status: "processing",
      allowance: { amount: 4, unit: "working_hour" },
      needs: ["result"],
      outcomes: [issued, back("approve")],
    },
  ],
};

/** Inter-agency (liên thông): commune verifies and signs, the province decides while tax answers beside it, the commune has the result. */
export const interAgency: Workflow = {
  start: "hand_over",
  steps: [
    {
      ...handOver,
      outcomes: [{ id: "hand_over", name: { vi: "Chuyển hồ sơ", en: "Hand over" }, kind: "forward", to: "verify" }],
    },
    {
      id: "verify",
      name: { vi: "Xác minh tại cấp xã", en: "Verify at the commune" },
      role: "specialist",
      agency: { kind: "commune_committee", at: "commune" },
      status: "processing",
      allowance: { amount: 5, unit: "working_day" },
      outcomes: [
        {
          id: "submit",
          name: { vi: "Trình lãnh đạo xã", en: "Submit to the commune's leader" },
          kind: "forward",
          to: "transfer",
        },
        back("hand_over"),
      ],
    },
    {
      id: "transfer",
      name: { vi: "Ký chuyển hồ sơ lên cấp tỉnh", en: "Sign and transfer to the province" },
      role: "leader",
      agency: { kind: "commune_committee", at: "commune" },
      status: "processing",
      allowance: { amount: 1, unit: "working_day" },
      outcomes: [
        { id: "transfer", name: { vi: "Ký chuyển cấp tỉnh", en: "Transfer" }, kind: "forward", to: "appraise" },
        back("verify"),
        refusal,
      ],
    },
    {
      id: "appraise",
      name: { vi: "Thẩm định tại cấp tỉnh", en: "Appraise at the province" },
      role: "specialist",
      agency: { kind: "department", at: "province", function: "land" },
      status: "processing",
      allowance: { amount: 5, unit: "working_day" },
      outcomes: [
        {
          id: "submit",
          name: { vi: "Trình phê duyệt", en: "Submit for approval" },
          kind: "forward",
          to: "approve",
          waitsForBranches: true,
        },
        {
          id: "consult",
          name: { vi: "Chuyển thông tin nghĩa vụ tài chính", en: "Ask the tax office" },
          kind: "forward",
          to: "appraise",
          consult: ["tax_opinion"],
        },
        back("verify"),
      ],
    },
    {
      id: "tax_opinion",
      name: { vi: "Xác định nghĩa vụ tài chính", en: "Determine the financial obligation" },
      role: "specialist",
      agency: { kind: "other", at: "province", function: "tax" },
      status: "processing",
      allowance: { amount: 3, unit: "working_day" },
      branch: true,
      outcomes: [
        { id: "answer", name: { vi: "Gửi kết quả xác định", en: "Send the answer" }, kind: "answer", needsNote: true },
      ],
    },
    {
      id: "approve",
      name: { vi: "Phê duyệt tại cấp tỉnh", en: "Approve at the province" },
      role: "leader",
      agency: { kind: "department", at: "province", function: "land" },
      status: "processing",
      allowance: { amount: 2, unit: "working_day" },
      notSameOfficerAs: ["appraise"],
      outcomes: [
        { id: "approve", name: { vi: "Phê duyệt", en: "Approve" }, kind: "forward", to: "issue" },
        back("appraise"),
        refusal,
      ],
    },
    {
      id: "issue",
      name: { vi: "Phát hành và chuyển kết quả về xã", en: "Issue and send back to the commune" },
      role: "clerk",
      agency: { kind: "department", at: "province", function: "land" },
      status: "processing",
      allowance: { amount: 1, unit: "working_day" },
      needs: ["result"],
      outcomes: [
        {
          id: "send",
          name: { vi: "Chuyển kết quả về xã", en: "Send the result" },
          kind: "forward",
          to: "result_ready",
        },
        back("approve"),
      ],
    },
    {
      id: "result_ready",
      name: { vi: "Nhận kết quả để trả công dân", en: "Take in the result" },
      role: "desk",
      agency: "receiving",
      status: "processing",
      allowance: { amount: 4, unit: "working_hour" },
      outcomes: [{ ...issued, id: "ready", name: { vi: "Đã có kết quả", en: "Result ready" } }, back("issue")],
    },
  ],
};

/** All shapes by name. */
export const shapes = { communeSameDay, departmentAppraisal, interAgency } as const;
