import { describe, expect, test } from "vitest";
import { controlsOf, countedAnswers, displayAnswers, readPage } from "#procedures/answers.ts";
import { isPartialDate } from "#procedures/fields/date.ts";
import {
  type Control,
  dateInWords,
  fieldTypes,
  pressedInside,
  type Submitted,
  typeOf,
} from "#procedures/fields/index.ts";
import { en, vi } from "#procedures/fields/messages.ts";
import { context, contextIn, field } from "./context.ts";

const options = {
  options: [
    { value: "a", label: { vi: "A" } },
    { value: "b", label: { vi: "B" } },
  ],
};
const group = {
  min: 1,
  max: 2,
  fields: [field("text", {}, { id: "name" }), field("integer", {}, { id: "age", required: false })],
};

const linked = {
  firstLabel: { vi: "Ngành" },
  secondLabel: { vi: "Nghề" },
  items: [
    { name: "Xây dựng", items: ["Thợ nề", "Thợ điện"] },
    { name: "Dịch vụ", items: ["Bán hàng"] },
  ],
};
const list = { items: ["Bệnh viện Đa khoa tỉnh", "Trạm y tế"] };

const parse = (type: string, submitted: Submitted, settings: Record<string, unknown> = {}) => {
  const asked = field(type, settings);
  const typed = typeOf(asked);
  return typed.type.parse(submitted, "x", typed.settings, asked, context);
};
const d = (day: string, month: string, year: string) => ({ "x.day": day, "x.month": month, "x.year": year });

const good: [
  type: string,
  settings: Record<string, unknown>,
  submitted: Submitted,
  answer: unknown,
  shown: string[],
][] = [
  ["text", {}, { x: "  Nguyễn   Văn A " }, "Nguyễn Văn A", ["Nguyễn Văn A"]],
  ["text", { format: "personName" }, { x: "H'Hen Niê" }, "H'Hen Niê", ["H'Hen Niê"]],
  ["text", { format: "letterDigits" }, { x: "12/2026-GCN" }, "12/2026-GCN", ["12/2026-GCN"]],
  ["long_text", {}, { x: "một\r\nhai" }, "một\nhai", ["một", "hai"]],
  ["integer", {}, { x: "1.200" }, 1200, ["1.200"]],
  ["integer", { suffix: { vi: "bản" } }, { x: "-3" }, -3, ["-3 bản"]],
  ["money", {}, { x: "1.500.000" }, 1_500_000, ["1.500.000 đồng"]],
  ["money", {}, { x: "1500000đ" }, 1_500_000, ["1.500.000 đồng"]],
  ["money", {}, { x: "1 500 000 đồng" }, 1_500_000, ["1.500.000 đồng"]],
  ["money", {}, { x: "0" }, 0, ["0 đồng"]],
  ["number", {}, { x: "1.234,5" }, 1234.5, ["1.234,5"]],
  ["number", { suffix: { vi: "m²" } }, { x: "12.25" }, 12.25, ["12,25 m²"]],
  ["number", {}, { x: "1.234" }, 1234, ["1.234"]],
  ["number", {}, { x: "-0,5" }, -0.5, ["-0,5"]],
  ["autocomplete", list, { x: "benh vien da khoa tinh" }, "Bệnh viện Đa khoa tỉnh", ["Bệnh viện Đa khoa tỉnh"]],
  ["autocomplete", { ...list, free: true }, { x: "Phòng khám Lan" }, "Phòng khám Lan", ["Phòng khám Lan"]],
  [
    "linked_lists",
    linked,
    { "x.first": "Xây dựng", "x.second": "Thợ điện" },
    { first: "Xây dựng", second: "Thợ điện" },
    ["Xây dựng, Thợ điện"],
  ],
  [
    "agency",
    {},
    { x: "a2" },
    { id: "a2", text: "Ủy ban nhân dân phường Tam Thanh" },
    ["Ủy ban nhân dân phường Tam Thanh"],
  ],
  ["country", {}, { x: "LA" }, "LA", ["Lào"]],
  [
    "person",
    { asks: ["personalId", "gender", "phone"], optional: ["phone"] },
    { "x.fullName": "Lý Thị Mai", "x.gender": "female", "x.personalId": "020190001234", "x.phone": "" },
    { fullName: "Lý Thị Mai", gender: "female", personalId: "020190001234" },
    ["Họ, chữ đệm và tên: Lý Thị Mai", "Giới tính: Nữ", "Số định danh cá nhân: 020190001234"],
  ],
  [
    "organization",
    { asks: ["taxCode"] },
    { "x.organizationName": "Hợp tác xã Mẫu Sơn", "x.taxCode": "0100109106" },
    { organizationName: "Hợp tác xã Mẫu Sơn", taxCode: "0100109106" },
    ["Tên tổ chức: Hợp tác xã Mẫu Sơn", "Mã số thuế: 0100109106"],
  ],
  ["date", {}, d("5", "3", "1990"), "1990-03-05", ["05/03/1990"]],
  [
    "date",
    { inWords: true },
    d("21", "4", "2004"),
    "2004-04-21",
    ["21/04/2004", "Ngày hai mươi mốt tháng tư năm hai nghìn không trăm linh bốn"],
  ],
  ["date", {}, { x: "29/2/2024" }, "2024-02-29", ["29/02/2024"]],
  ["date", { past: true }, { x: "2026-11-23" }, "2026-11-23", ["23/11/2026"]],
  ["partial_date", {}, d("", "", "1950"), "1950", ["1950"]],
  ["partial_date", {}, d("", "3", "1950"), "1950-03", ["03/1950"]],
  ["partial_date", {}, { x: "3/1950" }, "1950-03", ["03/1950"]],
  ["partial_date", { past: true }, d("", "", "2026"), "2026", ["2026"]],
  ["time", {}, { x: "7h30" }, "07:30", ["07:30"]],
  ["time", {}, { x: "14 giờ 05 phút" }, "14:05", ["14:05"]],
  ["yes_no", {}, { x: "no" }, false, ["Không"]],
  ["radio", options, { x: "b" }, "b", ["B"]],
  ["select", options, { x: "a" }, "a", ["A"]],
  ["checkboxes", options, { x: ["b", "a"] }, ["a", "b"], ["A", "B"]],
  ["checkboxes", options, { x: "b" }, ["b"], ["B"]],
  ["phone", {}, { x: "+84 912 345 678" }, "0912345678", ["0912345678"]],
  ["phone", {}, { x: "0084912345678" }, "0912345678", ["0912345678"]],
  ["phone", {}, { x: "84912345678" }, "0912345678", ["0912345678"]],
  ["phone", {}, { x: "(024) 3825.1234" }, "02438251234", ["02438251234"]],
  ["email", {}, { x: "Lan.Nguyen@EXAMPLE.com" }, "Lan.Nguyen@example.com", ["Lan.Nguyen@example.com"]],
  ["personal_id", {}, { x: "020 190 001 234" }, "020190001234", ["020190001234"]],
  ["personal_id", {}, { x: "999190001234" }, "999190001234", ["999190001234"]],
  ["tax_code", {}, { x: "0100233488" }, "0100233488", ["0100233488"]],
  ["tax_code", {}, { x: "0100109106001" }, "0100109106-001", ["0100109106-001"]],
  ["tax_code", {}, { x: "020190001234" }, "020190001234", ["020190001234"]],
  [
    "address",
    {},
    { "x.province": "20", "x.commune": "05977", "x.line": "Số 3" },
    { provinceCode: "20", communeCode: "05977", line: "Số 3", text: "Số 3, Phường Tam Thanh, Tỉnh Lạng Sơn" },
    ["Số 3, Phường Tam Thanh, Tỉnh Lạng Sơn"],
  ],
  [
    "address",
    { line: "none" },
    { "x.province": "01", "x.commune": "00004" },
    { provinceCode: "01", communeCode: "00004", line: "", text: "Phường Ba Đình, Thành phố Hà Nội" },
    ["Phường Ba Đình, Thành phố Hà Nội"],
  ],
  [
    "address",
    { abroad: true },
    { "x.province": "abroad", "x.line": "Paris, Pháp" },
    { provinceCode: "abroad", communeCode: "", line: "Paris, Pháp", text: "Paris, Pháp" },
    ["Paris, Pháp"],
  ],
  ["nationality", {}, { x: "VN" }, "VN", ["Việt Nam"]],
  ["ethnic_group", {}, { x: "02" }, "02", ["Tày"]],
  ["ethnic_group", {}, { x: "other", "x.other": "Pa Kô" }, { other: "Pa Kô" }, ["Pa Kô"]],
  [
    "group",
    group,
    { "x.rows": "r1 r3", "x.r1.name": "Lan", "x.r1.age": "7", "x.r3.name": "Bình" },
    [
      { id: "r1", values: { name: "Lan", age: 7 } },
      { id: "r3", values: { name: "Bình" } },
    ],
    ["Mục 1. Mục hỏi: Lan; Mục hỏi: 7", "Mục 2. Mục hỏi: Bình"],
  ],
  ["declaration", {}, { x: "yes" }, true, ["Có"]],
];

describe("a field reads what people write", () => {
  test.each(good)("%s %j: %j", (type, settings, submitted, answer, shown) => {
    expect(parse(type, submitted, settings)).toEqual({ ok: true, value: answer });
    const asked = field(type, settings);
    const typed = typeOf(asked);
    expect(typed.type.display(answer, typed.settings, asked, context)).toEqual(shown);
  });

  test.each(good)(
    "%s %j: an answer shown again in its control and sent back is the same answer",
    (type, settings, _submitted, answer) => {
      const typed = typeOf(field(type, settings));
      expect(parse(type, typed.type.submit(answer, "x", typed.settings), settings)).toEqual({
        ok: true,
        value: answer,
      });
    },
  );

  test("every type that is typed into stands in the table", () => {
    const seen = new Set(good.map(([type]) => type));
    const asking = Object.values(fieldTypes)
      .filter((type) => type.asks && !type.answeredElsewhere)
      .map(({ type }) => type);
    expect(asking.filter((type) => !seen.has(type))).toEqual([]);
    expect(asking.length).toBeGreaterThan(15);
  });
});

const bad: [
  type: string,
  settings: Record<string, unknown>,
  submitted: Submitted,
  control: string,
  key: keyof typeof vi.errors,
][] = [
  ["text", { maxLength: 5 }, { x: "dài quá năm" }, "x", "tooLong"],
  ["text", { minLength: 5 }, { x: "abc" }, "x", "tooShort"],
  ["text", { format: "personName" }, { x: "Lan 2" }, "x", "personName"],
  ["text", { format: "digits" }, { x: "12a" }, "x", "digits"],
  ["integer", {}, { x: "hai" }, "x", "integer"],
  ["integer", {}, { x: "1,5" }, "x", "integer"],
  ["integer", {}, { x: "1e3" }, "x", "integer"],
  ["integer", { min: 1 }, { x: "0" }, "x", "numberMin"],
  ["integer", { max: 5 }, { x: "6" }, "x", "numberMax"],
  ["number", {}, { x: "1,234,5" }, "x", "number"],
  ["number", { decimals: 1 }, { x: "1,25" }, "x", "number"],
  ["number", { min: 0.5 }, { x: "0,4" }, "x", "numberMin"],
  ["autocomplete", list, { x: "Bệnh xá" }, "x", "notListed"],
  ["linked_lists", linked, { "x.first": "Dịch vụ", "x.second": "Thợ nề" }, "x.second", "linked"],
  ["linked_lists", linked, { "x.second": "Thợ nề" }, "x.first", "choose"],
  ["agency", { kinds: ["department"] }, { x: "a2" }, "x", "notOffered"],
  ["country", {}, { x: "XX" }, "x", "notOffered"],
  ["person", { asks: ["phone"] }, { "x.fullName": "Lan" }, "x.phone", "enter"],
  [
    "person",
    { asks: ["gender", "personalId"] },
    { "x.fullName": "Lan", "x.gender": "male", "x.personalId": "020190001234" },
    "x.personalId",
    "personalIdGender",
  ],
  ["organization", { asks: ["taxCode"] }, { "x.organizationName": "A", "x.taxCode": "1" }, "x.taxCode", "taxCode"],
  ["money", {}, { x: "1.5" }, "x", "money"],
  ["money", {}, { x: "1.500,000" }, "x", "money"],
  ["money", {}, { x: "-5000" }, "x", "numberMin"],
  ["money", {}, { x: "9999999999999999" }, "x", "money"],
  ["date", {}, d("29", "2", "2023"), "x.day", "date"],
  ["date", {}, d("31", "4", "2023"), "x.day", "date"],
  ["date", {}, d("", "4", "2023"), "x.day", "dateDay"],
  ["date", {}, d("1", "13", "2023"), "x.month", "dateMonth"],
  ["date", {}, d("1", "3", "90"), "x.year", "dateYear"],
  ["date", {}, { x: "hôm qua" }, "x.day", "date"],
  ["date", { past: true }, d("24", "11", "2026"), "x.day", "datePast"],
  ["date", { future: true }, d("22", "11", "2026"), "x.day", "dateFuture"],
  ["date", { min: "2000-01-01" }, d("31", "12", "1999"), "x.day", "dateMin"],
  ["date", { max: "2000-01-01" }, d("2", "1", "2000"), "x.day", "dateMax"],
  ["partial_date", {}, d("5", "", "1950"), "x.month", "dateMonth"],
  ["partial_date", {}, d("", "3", ""), "x.year", "dateYear"],
  ["partial_date", { past: true }, d("", "12", "2026"), "x.month", "datePast"],
  ["time", {}, { x: "25:00" }, "x", "time"],
  ["time", { min: "08:00" }, { x: "07:59" }, "x", "timeMin"],
  ["yes_no", {}, { x: "maybe" }, "x", "notOffered"],
  ["radio", options, { x: "c" }, "x", "notOffered"],
  ["checkboxes", options, { x: ["a", "z"] }, "x", "notOffered"],
  ["checkboxes", { ...options, max: 1 }, { x: ["a", "b"] }, "x", "chooseAtMost"],
  ["phone", {}, { x: "12345" }, "x", "phone"],
  ["phone", {}, { x: "0112345678" }, "x", "phone"],
  ["email", {}, { x: "lan@" }, "x", "email"],
  ["personal_id", {}, { x: "123456789" }, "x", "personalId"],
  ["tax_code", {}, { x: "0100233489" }, "x", "taxCode"],
  ["tax_code", {}, { x: "0100109106-000" }, "x", "taxCode"],
  ["address", {}, { "x.province": "20", "x.commune": "00004", "x.line": "3" }, "x.commune", "communeOfProvince"],
  ["address", {}, { "x.province": "20", "x.commune": "05977", "x.line": "" }, "x.line", "line"],
  ["address", {}, { "x.province": "77", "x.commune": "05977", "x.line": "3" }, "x.province", "province"],
  ["address", {}, { "x.province": "abroad", "x.line": "Paris" }, "x.province", "province"],
  ["address", { abroad: true }, { "x.province": "abroad" }, "x.line", "foreignLine"],
  ["nationality", {}, { x: "ZZ" }, "x", "notOffered"],
  ["ethnic_group", {}, { x: "55" }, "x", "notOffered"],
  ["ethnic_group", {}, { x: "other" }, "x.other", "otherGroup"],
  ["group", group, { "x.rows": "r1", "x.r1.age": "7" }, "x.r1.name", "enter"],
  ["group", group, { "x.rows": "r1", "x.r1.name": "Lan", "x.r1.age": "bảy" }, "x.r1.age", "integer"],
  ["group", group, { "x.rows": "r1 r2 r3", "x.r1.name": "A", "x.r2.name": "B", "x.r3.name": "C" }, "x.add", "rowsMax"],
  ["group", group, { "x.rows": "" }, "x.add", "rowsMin"],
  ["declaration", {}, { x: "on" }, "x", "declare"],
];

describe("a field says what to do about what it cannot take", () => {
  test.each(bad)("%s %j: %j", (type, settings, submitted, control, key) => {
    const parsed = parse(type, submitted, settings);
    expect(parsed.ok).toBe(false);
    expect(Object.entries(parsed.ok ? {} : parsed.errors)).toMatchObject([[control, { key: `fields.errors.${key}` }]]);
  });

  test("every error text fills its places in both languages", () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const key of Object.keys(vi.errors) as (keyof typeof vi.errors)[])
      expect(places(en.errors[key]), key).toEqual(places(vi.errors[key]));
    expect(context.t("fields.errors.dateMin", { label: "Ngày cấp", min: "01/01/2000" })).toContain(
      "“Ngày cấp” phải từ ngày 01/01/2000",
    );
  });
});

const nested: Record<string, unknown> = { province: { x: 1 } };
const hostile: [name: string, value: unknown][] = [
  ["a list", ["a", "b"]],
  ["a list of lists", [[["a"]], {}]],
  ["an object", nested],
  ["a number", 12],
  ["true", true],
  ["null", null],
  ["10 MB", "a".repeat(10_000_000)],
  ["10 MB of combining marks", "\u0301".repeat(5_000_000)],
  ["NUL", "a\u0000b"],
  ["only NUL", "\u0000"],
  ["a lone surrogate", "a\ud800b"],
  ["decomposed letters", "Nguyễn".normalize("NFD")],
  ["direction overrides", "\u202Egnp.exe"],
  ["a prototype name", "__proto__"],
  ["digits of another script", "٠٩١٢٣٤٥٦٧٨"],
  ["an infinite number", "1e999"],
];
const settingsOf: Record<string, Record<string, unknown>> = {
  radio: options,
  select: options,
  checkboxes: options,
  group,
  explanation: { text: { vi: "Lời dẫn" } },
  autocomplete: list,
  linked_lists: linked,
  computed: { operation: "sum", of: ["other"] },
};

describe("whatever is sent, a field answers, and what it keeps can be stored", () => {
  const cases = Object.keys(fieldTypes).flatMap((type) => hostile.map(([name, value]) => [type, name, value] as const));
  test.each(cases)("%s given %s", (type, _name, value) => {
    const settings = settingsOf[type] ?? {};
    const parts = [
      "x",
      "x.day",
      "x.month",
      "x.year",
      "x.province",
      "x.commune",
      "x.line",
      "x.other",
      "x.rows",
      "x.r1.name",
      "x.first",
      "x.second",
      "x.fullName",
      "x.organizationName",
      "x.taxCode",
    ];
    for (const submitted of [
      ...parts.map((name) => ({ [name]: value })),
      Object.fromEntries(parts.map((name) => [name, value])),
    ]) {
      const parsed = parse(type, submitted, settings);
      const kept = JSON.stringify(parsed.ok ? (parsed.value ?? null) : null);
      expect(kept.length).toBeLessThan(10_000);
      expect(kept).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      expect(kept.normalize("NFC")).toBe(kept);
      const asked = field(type, settings);
      expect(
        controlsOf({ id: "p", title: { vi: "T" }, fields: [asked] }, { answers: {}, submitted }, {}, context),
      ).toHaveLength(1);
    }
  });

  test.each(Object.keys(fieldTypes))(
    "%s shows nothing, rather than failing, for an answer of another shape",
    (type) => {
      const asked = field(type, settingsOf[type] ?? {});
      const typed = typeOf(asked);
      for (const answer of [null, 12, "?", {}, [], [{ id: 1 }], [null], { text: 1 }, { other: 2 }, true]) {
        expect(Array.isArray(typed.type.display(answer, typed.settings, asked, context))).toBe(true);
        expect(typeof typed.type.submit(answer, "x", typed.settings)).toBe("object");
      }
    },
  );
});

describe("a computed value follows from the answers", () => {
  const asked = (settings: Record<string, unknown>) => typeOf(field("computed", settings));
  const rows = [
    { id: "r1", values: { price: 0.1, count: 2 } },
    { id: "r2", values: { price: 0.2 } },
  ];
  test.each([
    ["sum", ["a", "b"], { a: 2, b: 3 }, 5],
    ["sum", ["a", "b"], { a: 2 }, 2],
    ["sum", ["a"], {}, undefined],
    ["sum", ["list.price"], { list: rows }, 0.3],
    ["difference", ["a", "b"], { a: 2, b: 5 }, -3],
    ["difference", ["a", "b"], { a: 2 }, undefined],
    ["product", ["a", "b"], { a: 1.5, b: 4 }, 6],
    ["count", ["list"], { list: rows }, 2],
    ["count", ["chosen"], {}, 0],
    ["sum", ["a", "b"], { a: "2", b: [4] }, undefined],
    ["product", ["a", "b"], { a: 1e300, b: 1e300 }, undefined],
  ] as const)("%s of %j from %j is %j", (operation, of, answers, value) => {
    const { type, settings } = asked({ operation, of });
    expect(type.derive?.(settings, answers)).toBe(value);
  });

  const form = {
    form: {
      pages: [
        {
          id: "p",
          title: { vi: "T" },
          fields: [
            field("integer", {}, { id: "a", required: false }),
            field("yes_no", {}, { id: "more", required: false }),
            field("integer", {}, { id: "b", showWhen: { op: "equals", field: "more", value: true } }),
            field("computed", { operation: "sum", of: ["a", "b"], isMoney: true }, { id: "total" }),
            field("text", {}, { id: "why", showWhen: { op: "greater", field: "total", value: 10 } }),
          ],
        },
      ],
    },
  };
  test("and is never what was sent", () => {
    const read = readPage(form, "p", { a: "4", more: "no", b: "9", total: "1000000" }, { total: 7 }, context);
    expect(read).toMatchObject({ ok: true, answers: { a: 4, more: false, total: 4 } });
    expect(displayAnswers(form, { a: 4, total: 99 }, context)[0]?.rows.map(({ lines }) => lines)).toContainEqual([
      "4 đồng",
    ]);
  });
  test("other questions may depend on it, and the answers of hidden ones do not count", () => {
    expect(readPage(form, "p", { a: "4", more: "yes", b: "9" }, {}, context).errors).toHaveProperty("why");
    expect(countedAnswers(form, { a: 4, b: 9, more: false, why: "x" })).toEqual({ a: 4, more: false, total: 4 });
  });
});

describe("a photo", () => {
  const asked = field("photo", { ratio: "3x4" });
  const { type, settings } = typeOf(asked);
  test("is a picture and no document", () => {
    const check = (name: string) => type.check?.([{ id: "1", name }], "x", settings, asked, {}, context);
    expect(check("chan-dung.jpg")).toBeNull();
    expect(check("chan-dung.pdf")).toMatchObject({ x: { key: "fields.errors.photoOnly" } });
  });
  test("says how it must be cut", () => {
    const control = type.control({ values: {}, name: "x", errors: {} }, settings, asked, context);
    expect(JSON.stringify(control)).toContain("3 × 4 cm");
  });
});

describe("what administrators read of the types", () => {
  const types = Object.values(fieldTypes);
  test("there are enough of them, each with a name and what it is for in both languages", () => {
    expect(types.length).toBeGreaterThanOrEqual(32);
    for (const words of [vi, en]) expect(Object.keys(words.types).sort()).toEqual(types.map(({ type }) => type).sort());
  });
  test("every input of a setting has its words, and is one that the type takes", () => {
    for (const { inputs = [], type, settings } of types)
      for (const input of inputs) {
        expect(vi.settings, type).toHaveProperty(input.text ?? input.key);
        if ("options" in input) for (const option of input.options) expect(vi.settingChoices).toHaveProperty(option);
        const refused = settings.safeParse({ [input.key]: undefined }).error?.issues ?? [];
        expect(refused.filter(({ code }) => code === "unrecognized_keys")).toEqual([]);
      }
  });
});

describe("a personal id must fit the person declared", () => {
  const named = typeOf(field("personal_id", { gender: "gender", birthDate: "birth" }));
  const check = (id: string, answers: Record<string, unknown>) =>
    Object.values(named.type.check?.(id, "x", named.settings, field("personal_id"), answers, context) ?? {}).map(
      ({ key }) => key,
    );
  test.each([
    ["020090001234", { gender: "male", birth: "1990-05-01" }, []],
    ["020190001234", { gender: "female", birth: "1990" }, []],
    ["020326001234", { gender: "female", birth: "2026-11" }, []],
    ["020090001234", { gender: "female", birth: "1990" }, ["fields.errors.personalIdGender"]],
    ["020290001234", { gender: "male", birth: "1990" }, ["fields.errors.personalIdYear"]],
    ["020090001234", {}, []],
    ["020090001234", { birth: "1991-01-01" }, ["fields.errors.personalIdYear"]],
  ])("%s with %j", (id, answers, errors) => expect(check(id, answers)).toEqual(errors));
});

describe("buttons inside a page", () => {
  const asked = field("group", group);
  test("adding a row gives it an id of its own and keeps what was typed", () => {
    const after = pressedInside([asked], { "x.rows": "r1", "x.r1.name": "Lan", "add:x": "1" });
    expect(after).toMatchObject({ "x.rows": "r1 r2", "x.r1.name": "Lan" });
  });
  test("removing takes away the row of that id only", () => {
    expect(pressedInside([asked], { "x.rows": "r1 r2", "remove:x:r1": "1" })).toMatchObject({ "x.rows": "r2" });
  });
  test("no more rows are added than the form allows", () => {
    expect(pressedInside([asked], { "x.rows": "r1 r2", "add:x": "1" })).toMatchObject({ "x.rows": "r1 r2" });
  });
  test("forged rows are not made", () => {
    expect(pressedInside([asked], { "x.rows": "r1 admin r1 <b>", "remove:x:admin": "1" })).toBeNull();
  });
  test("a list of another province's communes is asked for without judging the page", () => {
    const submitted = { "x.province": "01", "list:x": "1" };
    expect(pressedInside([field("address")], submitted)).toEqual(submitted);
    const [shown] = controlsOf(
      { id: "p", title: { vi: "T" }, fields: [field("address")] },
      { answers: {}, submitted },
      {},
      context,
    );
    expect(JSON.stringify(shown)).toContain("Phường Ba Đình");
    expect(JSON.stringify(shown)).not.toContain("Tam Thanh");
  });
  test("nothing pressed is nothing changed", () => expect(pressedInside([asked], { "x.rows": "r1" })).toBeNull());
});

test("what was typed is shown again as it was typed, with what is wrong at its place", () => {
  const page = { id: "p", title: { vi: "T" }, fields: [field("money")] };
  const [shown] = controlsOf(
    page,
    { answers: { x: 5 }, submitted: { x: "1.5 triệu" } },
    { x: { key: "fields.errors.money", params: { label: "Vốn" } } },
    context,
  );
  const control = shown?.control as Extract<Control, { kind: "text" }>;
  expect(control.input.value).toBe("1.5 triệu");
  expect(control.input.error).toBe("“Vốn” phải là số tiền bằng đồng, ví dụ 1.500.000. Hãy nhập lại.");
});

test("an English reader gets English texts", () => {
  const asked = field("yes_no", {}, { label: { vi: "Có không?", en: "Is it?" } });
  const [shown] = controlsOf(
    { id: "p", title: { vi: "T" }, fields: [asked] },
    { answers: { x: true } },
    {},
    contextIn("en"),
  );
  expect(JSON.stringify(shown)).toContain("Is it?");
  expect(JSON.stringify(shown)).toContain('"Yes"');
});

test.each([
  ["2026-01-05", "Ngày năm tháng một năm hai nghìn không trăm hai mươi sáu"],
  ["1995-12-15", "Ngày mười lăm tháng mười hai năm một nghìn chín trăm chín mươi lăm"],
  ["2000-10-31", "Ngày ba mươi mốt tháng mười năm hai nghìn"],
])("%s in words: %s", (date, words) => expect(dateInWords(date)).toBe(words));

test.each([
  ["2024-02-29", true],
  ["2023-02-29", false],
  ["2023-13", false],
  ["1950", true],
  ["50", false],
  ["2023-2-1", false],
])("%s is a date or part of one: %s", (text, is) => expect(isPartialDate(text)).toBe(is));
