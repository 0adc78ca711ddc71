/**
 * The cast of people to try the portal with: seed, tests and gallery speak of the same ones. They work at the agencies of
 * prisma/seed/agencies.json in Lạng Sơn and exist only where DEMO is on; production refuses a database that holds them.
 */
import { createAdmin, createCitizen, createOfficer, type NewCitizen, type NewOfficer } from "#accounts/index.ts";
import { inviteMember, makeCompany } from "#companies/index.ts";
import type { Citizen, Context, System } from "#platform/context.ts";
import type { OfficerRole } from "#workflow/definition.ts";

export const DEMO_PASSWORD = "dung-thu-2026";

/** Identifiers of the agencies that the cast works at. */
export const demoAgencies = {
  dongKinh: "H37.05977",
  dongKinhPolice: "G01.H37.05977",
  huuLung: "H37.06385",
  huuLungPolice: "G01.H37.06385",
  center: "H37.00",
  justice: "H37.03",
  land: "H37.06",
  construction: "H37.07",
  police: "G01.H37",
  tax: "G12.H37",
} as const;

type DemoCitizen = Omit<NewCitizen, "password">;
type DemoOfficer = Omit<NewOfficer, "password">;

export const demoCitizens = {
  lan: {
    fullName: "Nguyễn Thị Lan",
    phone: "0912000001",
    email: "lan@example.com",
    personalId: "020190000001",
    birthDate: "1990-03-27",
    gender: "female",
    communeCode: "05977",
    addressLine: "Số 12, đường Bà Triệu",
  },
  pao: {
    fullName: "Lý Văn Páo",
    phone: "0912000002",
    personalId: "020085000002",
    birthDate: "1985-11-02",
    gender: "male",
    communeCode: "06385",
    addressLine: "Thôn Na Hoa",
  },
  mui: {
    fullName: "Đặng Thị Mùi",
    phone: "0912000003",
    personalId: "020196000003",
    birthDate: "1996-07-15",
    gender: "female",
    communeCode: "05977",
    addressLine: "Khối 4",
  },
  nam: { fullName: "Hoàng Văn Nam", phone: "0912000004", communeCode: "06385", addressLine: "Khu An Ninh" },
} as const satisfies Record<string, DemoCitizen>;

type Unit = { name: string; kind: string };
type Post = [agency: string, role: OfficerRole, unit: Unit, title: string];

const officer = (username: string, displayName: string, ...posts: Post[]): DemoOfficer => ({
  username,
  displayName,
  postings: posts.map(([agency, role, unit, title]) => ({ agency, role, unit, title })),
});

const commune = {
  desk: { name: "Trung tâm Phục vụ hành chính công", kind: "one_stop" },
  leadership: { name: "Lãnh đạo Ủy ban nhân dân", kind: "leadership" },
  office: { name: "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", kind: "office" },
  economy: { name: "Phòng Kinh tế", kind: "division" },
} as const;
const communePolice = {
  leadership: { name: "Chỉ huy Công an", kind: "leadership" },
  division: { name: "Tổ nghiệp vụ", kind: "division" },
} as const;
const department = {
  leadership: { name: "Lãnh đạo Sở", kind: "leadership" },
  office: { name: "Văn phòng Sở", kind: "office" },
  division: { name: "Phòng chuyên môn", kind: "division" },
} as const;
const police = {
  desk: { name: "Bộ phận Một cửa", kind: "one_stop" },
  leadership: { name: "Lãnh đạo Công an", kind: "leadership" },
  office: { name: "Phòng Tham mưu", kind: "office" },
  traffic: { name: "Phòng Cảnh sát giao thông", kind: "division" },
} as const;

const at = demoAgencies;

export const demoOfficers = {
  dongKinhDesk: officer("dongkinh.motcua", "Trần Thị Mai", [at.dongKinh, "desk", commune.desk, "Công chức một cửa"]),
  dongKinhJustice: officer("dongkinh.tuphap", "Vi Văn Thành", [
    at.dongKinh,
    "specialist",
    commune.office,
    "Công chức tư pháp - hộ tịch",
  ]),
  dongKinhLand: officer("dongkinh.diachinh", "Nguyễn Văn Sơn", [
    at.dongKinh,
    "specialist",
    commune.economy,
    "Công chức địa chính - xây dựng",
  ]),
  dongKinhHead: officer("dongkinh.truongphong", "Lương Thị Hạnh", [
    at.dongKinh,
    "unit_head",
    commune.economy,
    "Trưởng phòng Kinh tế",
  ]),
  dongKinhLeader: officer("dongkinh.lanhdao", "Hoàng Đức Minh", [
    at.dongKinh,
    "leader",
    commune.leadership,
    "Chủ tịch Ủy ban nhân dân",
  ]),
  dongKinhClerk: officer("dongkinh.vanthu", "Nông Thị Thu", [at.dongKinh, "clerk", commune.office, "Văn thư"]),
  dongKinhPolice: officer(
    "dongkinh.congan",
    "Triệu Văn Hùng",
    [at.dongKinhPolice, "specialist", communePolice.division, "Cán bộ đăng ký cư trú"],
    [at.dongKinhPolice, "clerk", communePolice.division, "Cán bộ đăng ký cư trú"],
  ),
  dongKinhPoliceChief: officer("dongkinh.truongcongan", "Lê Quốc Tuấn", [
    at.dongKinhPolice,
    "leader",
    communePolice.leadership,
    "Trưởng Công an phường",
  ]),

  // A commune with few people: one officer holds several roles.
  huuLungDesk: officer(
    "huulung.motcua",
    "Hà Thị Bích",
    [at.huuLung, "desk", commune.desk, "Công chức một cửa"],
    [at.huuLung, "clerk", commune.desk, "Văn thư kiêm nhiệm"],
  ),
  huuLungSpecialist: officer("huulung.chuyenvien", "Nguyễn Đức Long", [
    at.huuLung,
    "specialist",
    commune.office,
    "Công chức chuyên môn",
  ]),
  huuLungLeader: officer(
    "huulung.lanhdao",
    "Vy Thị Nga",
    [at.huuLung, "leader", commune.leadership, "Chủ tịch Ủy ban nhân dân"],
    [at.huuLung, "unit_head", commune.leadership, "Phụ trách chuyên môn"],
  ),
  huuLungPolice: officer(
    "huulung.congan",
    "Đinh Văn Phúc",
    [at.huuLungPolice, "specialist", communePolice.division, "Cán bộ đăng ký cư trú"],
    [at.huuLungPolice, "clerk", communePolice.division, "Cán bộ đăng ký cư trú"],
  ),
  huuLungPoliceChief: officer("huulung.truongcongan", "Bùi Mạnh Cường", [
    at.huuLungPolice,
    "leader",
    communePolice.leadership,
    "Trưởng Công an xã",
  ]),

  centerDesk: officer("tinh.motcua", "Đỗ Thị Hương", [
    at.center,
    "desk",
    { name: "Quầy tiếp nhận và trả kết quả", kind: "one_stop" },
    "Cán bộ tiếp nhận",
  ]),

  justiceSpecialist: officer("sotuphap.chuyenvien", "Phan Văn Hải", [
    at.justice,
    "specialist",
    department.division,
    "Chuyên viên hộ tịch",
  ]),
  justiceHead: officer("sotuphap.truongphong", "Mai Thị Yến", [
    at.justice,
    "unit_head",
    department.division,
    "Trưởng phòng Hành chính tư pháp",
  ]),
  justiceLeader: officer("sotuphap.lanhdao", "Ngô Quang Vinh", [
    at.justice,
    "leader",
    department.leadership,
    "Phó Giám đốc Sở",
  ]),
  justiceClerk: officer("sotuphap.vanthu", "Lâm Thị Tuyết", [at.justice, "clerk", department.office, "Văn thư"]),

  landSpecialist: officer("sodatdai.chuyenvien", "Trương Văn Quý", [
    at.land,
    "specialist",
    department.division,
    "Chuyên viên quản lý đất đai",
  ]),
  landHead: officer("sodatdai.truongphong", "Lê Thị Oanh", [
    at.land,
    "unit_head",
    department.division,
    "Trưởng phòng Quản lý đất đai",
  ]),
  landLeader: officer("sodatdai.lanhdao", "Nguyễn Hữu Thắng", [
    at.land,
    "leader",
    department.leadership,
    "Phó Giám đốc Sở",
  ]),
  landClerk: officer("sodatdai.vanthu", "Chu Thị Hiền", [at.land, "clerk", department.office, "Văn thư"]),

  constructionSpecialist: officer("soxaydung.chuyenvien", "Phạm Anh Dũng", [
    at.construction,
    "specialist",
    department.division,
    "Chuyên viên cấp phép xây dựng",
  ]),
  constructionHead: officer("soxaydung.truongphong", "Vũ Thị Loan", [
    at.construction,
    "unit_head",
    department.division,
    "Trưởng phòng Quản lý xây dựng",
  ]),
  constructionLeader: officer("soxaydung.lanhdao", "Trịnh Xuân Bách", [
    at.construction,
    "leader",
    department.leadership,
    "Giám đốc Sở",
  ]),
  constructionClerk: officer("soxaydung.vanthu", "Đào Thị Ngân", [
    at.construction,
    "clerk",
    department.office,
    "Văn thư",
  ]),

  policeDesk: officer("congantinh.motcua", "Nguyễn Thu Trang", [at.police, "desk", police.desk, "Cán bộ tiếp nhận"]),
  policeSpecialist: officer("congantinh.chuyenvien", "Lục Văn Tiến", [
    at.police,
    "specialist",
    police.traffic,
    "Cán bộ quản lý giấy phép lái xe",
  ]),
  policeHead: officer("congantinh.truongphong", "Nguyễn Trọng Nghĩa", [
    at.police,
    "unit_head",
    police.traffic,
    "Trưởng phòng Cảnh sát giao thông",
  ]),
  policeLeader: officer("congantinh.lanhdao", "Đoàn Văn Khải", [
    at.police,
    "leader",
    police.leadership,
    "Phó Giám đốc Công an tỉnh",
  ]),
  policeClerk: officer("congantinh.vanthu", "Tô Thị Lành", [at.police, "clerk", police.office, "Văn thư"]),

  /** Works on no dossier: reads who did and saw what. */
  auditor: { username: "tinh.thanhtra", displayName: "Lương Thanh Bình", isAuditor: true, postings: [] },

  taxSpecialist: officer("thuetinh.chuyenvien", "Kiều Minh Tâm", [
    at.tax,
    "specialist",
    { name: "Phòng nghiệp vụ", kind: "division" },
    "Công chức thuế",
  ]),
} as const satisfies Record<string, DemoOfficer>;

export const demoAdmin = { username: "quantri", displayName: "Nông Quốc Chấn" } as const;
/** Keeps one ward alone. */
export const demoWardAdmin = {
  username: "dongkinh.quantri",
  displayName: "Hứa Thị Phượng",
  agency: demoAgencies.dongKinh,
} as const;

/** Of whom the portal has not seen the papers yet: a desk may confirm it. */
export const demoCompany = {
  name: "Hợp tác xã Hoa Hồi Xứ Lạng",
  taxCode: "4900864218",
  position: "Giám đốc",
  communeCode: "05977",
  addressLine: "Số 5, đường Trần Đăng Ninh",
  address: "Số 5, đường Trần Đăng Ninh, phường Đông Kinh, tỉnh Lạng Sơn",
  phone: null,
  email: null,
};

/** What Páo files for; Mùi is to help him with it. */
async function createDemoCompany(ctx: Context<System>): Promise<void> {
  const { fullName, phone } = demoCitizens.pao;
  const { id: accountId } = await ctx.db.account.findUniqueOrThrow({ where: { username: phone } });
  const pao: Context<Citizen> = { ...ctx, actor: { kind: "citizen", accountId, name: fullName } };
  const made = await makeCompany(pao, demoCompany);
  if (made === "own") return;
  await inviteMember(pao, made.id, { by: "phone", to: demoCitizens.mui.phone, role: "filer" });
  await ctx.db.account.update({ where: { username: demoCitizens.mui.phone }, data: { phoneProvenAt: ctx.now } });
}

/** Opens the accounts of the whole cast, and marks the database as one that holds them. The agencies must be there. */
export async function createDemoPeople(ctx: Context<System>): Promise<void> {
  for (const citizen of Object.values(demoCitizens)) await createCitizen(ctx, { ...citizen, password: DEMO_PASSWORD });
  // As if they had typed the code that was sent there.
  await ctx.db.account.updateMany({
    where: { kind: "citizen", email: { not: null } },
    data: { emailProvenAt: ctx.now },
  });
  await createDemoCompany(ctx);
  for (const one of Object.values(demoOfficers)) await createOfficer(ctx, { ...one, password: DEMO_PASSWORD });
  await createAdmin(ctx, { ...demoAdmin, password: DEMO_PASSWORD });
  await createAdmin(ctx, { ...demoWardAdmin, password: DEMO_PASSWORD });
  await ctx.db.setting.upsert({ where: { key: "demo" }, create: { key: "demo", value: true }, update: {} });
}

/** What is printed at the start: with which names one can sign in, and as whom. */
export function demoSignIns(): string[] {
  const { lan, pao } = demoCitizens;
  const people: [string, string, string][] = [
    [lan.phone, lan.fullName, "người dân / citizen"],
    [pao.phone, pao.fullName, "người dân / citizen"],
    ...[
      demoOfficers.dongKinhDesk,
      demoOfficers.dongKinhJustice,
      demoOfficers.dongKinhLeader,
      demoOfficers.dongKinhClerk,
      demoOfficers.centerDesk,
    ].map(({ username, displayName, postings }): [string, string, string] => [
      username,
      displayName,
      postings[0]?.title ?? "",
    ]),
    [demoOfficers.auditor.username, demoOfficers.auditor.displayName, "kiểm tra an toàn / security auditor"],
    [demoAdmin.username, demoAdmin.displayName, "quản trị / administrator"],
    [demoWardAdmin.username, demoWardAdmin.displayName, "quản trị một phường / administrator of one ward"],
  ];
  return [
    `Tài khoản dùng thử, mật khẩu chung / demo accounts, one password: ${DEMO_PASSWORD}`,
    ...people.map(([username, name, role]) => `  ${username.padEnd(18)} ${name}, ${role}`),
  ];
}
