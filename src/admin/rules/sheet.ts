/** What a line of a spreadsheet of officers says, and what is wrong with it. Pure: what is known comes in as values. */
import { isLocalDate } from "#calendar/rules.ts";
import { fold } from "#platform/format.ts";
import { WORK_NAME } from "./people.ts";

export const COLUMNS = [
  { key: "username", label: "Tên đăng nhập", required: true },
  { key: "displayName", label: "Họ và tên", required: true },
  { key: "agency", label: "Mã định danh cơ quan", required: true },
  { key: "unit", label: "Bộ phận", required: false },
  { key: "role", label: "Vai trò", required: true },
  { key: "title", label: "Chức danh", required: false },
  { key: "email", label: "Thư điện tử", required: false },
  { key: "validFrom", label: "Từ ngày", required: false },
  { key: "validTo", label: "Đến ngày", required: false },
] as const;
export type Column = (typeof COLUMNS)[number];
export type Cells = Partial<Record<Column["key"], string>>;
export type SheetLine = { line: number; cells: Cells };

/** The roles as the template names them. */
export const ROLE_WORDS = {
  desk: "Một cửa",
  specialist: "Chuyên môn",
  unit_head: "Lãnh đạo phòng",
  leader: "Lãnh đạo",
  clerk: "Văn thư",
} as const;
export type RoleWord = keyof typeof ROLE_WORDS;

export const LINE_FAULTS = [
  "username",
  "usernameTaken",
  "displayName",
  "otherName",
  "agencyMissing",
  "agencyUnknown",
  "unitUnknown",
  "role",
  "email",
  "emailTwice",
  "day",
  "backwards",
  "twice",
] as const;
export type LineFault = { column: Column["key"]; fault: (typeof LINE_FAULTS)[number] };

export type OfficerLine = {
  line: number;
  username: string;
  displayName: string;
  email: string | null;
  agencyId: string;
  unitId: string | null;
  role: RoleWord;
  title: string | null;
  validFrom: string | null;
  validTo: string | null;
};
export type JudgedLine =
  | { ok: true; officer: OfficerLine; isNew: boolean }
  | { ok: false; line: number; cells: Cells; faults: LineFault[] };

export type Known = {
  /** By identifier: agencies within reach that are open. */
  agencies: ReadonlyMap<string, { id: string; units: readonly { id: string; name: string }[] }>;
  /** What is known of the work names: `free`: nobody's; `kept`: an officer of whom the administrator says; else taken. */
  standing: (username: string) => "free" | "kept" | "taken";
  /** Whose an address is; undefined: nobody's. */
  ownerOf: (email: string) => string | undefined;
};

const dayOf = (text: string): string | null => {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const iso = day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  return isLocalDate(iso) ? iso : null;
};
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const roleOf = (text: string): RoleWord | undefined =>
  (Object.keys(ROLE_WORDS) as RoleWord[]).find((role) => role === text || fold(ROLE_WORDS[role]) === fold(text));

/** Judges the lines of a sheet, each by itself and beside the others. A person may stand on several lines, one a place. */
export function judgeLines(lines: readonly SheetLine[], known: Known): JudgedLine[] {
  const names = new Map<string, string>();
  const places = new Set<string>();
  const addresses = new Map<string, string>();
  return lines.map(({ line, cells }): JudgedLine => {
    const faults: LineFault[] = [];
    const miss = (column: Column["key"], fault: LineFault["fault"]): void => void faults.push({ column, fault });
    const username = (cells.username ?? "").toLowerCase();
    const standing = WORK_NAME.test(username) ? known.standing(username) : null;
    if (standing === null) miss("username", "username");
    if (standing === "taken") miss("username", "usernameTaken");
    const displayName = cells.displayName ?? "";
    if (displayName === "" || displayName.length > 100) miss("displayName", "displayName");
    else if ((names.get(username) ?? displayName) !== displayName) miss("displayName", "otherName");
    names.set(username, names.get(username) ?? displayName);
    const agency = known.agencies.get((cells.agency ?? "").toUpperCase());
    if (!cells.agency) miss("agency", "agencyMissing");
    else if (!agency) miss("agency", "agencyUnknown");
    const unit = cells.unit ? agency?.units.find(({ name }) => fold(name) === fold(cells.unit ?? "")) : undefined;
    if (cells.unit && agency && !unit) miss("unit", "unitUnknown");
    const role = roleOf(cells.role ?? "");
    if (!role) miss("role", "role");
    const email = cells.email?.toLowerCase() ?? null;
    if (email !== null && !EMAIL.test(email)) miss("email", "email");
    else if (email !== null) {
      const owner = addresses.get(email) ?? known.ownerOf(email);
      if (owner !== undefined && owner !== username) miss("email", "emailTwice");
      addresses.set(email, username);
    }
    const days = { validFrom: null as string | null, validTo: null as string | null };
    for (const key of ["validFrom", "validTo"] as const) {
      const text = cells[key];
      if (text === undefined) continue;
      days[key] = dayOf(text);
      if (days[key] === null) miss(key, "day");
    }
    if (days.validFrom && days.validTo && days.validTo < days.validFrom) miss("validTo", "backwards");
    const place = `${username} ${agency?.id} ${role}`;
    if (faults.length === 0 && places.has(place)) miss("role", "twice");
    places.add(place);
    if (faults.length > 0 || !agency || !role) return { ok: false, line, cells, faults };
    const unitId = unit?.id ?? null;
    const officer = {
      line,
      username,
      displayName,
      email,
      agencyId: agency.id,
      unitId,
      role,
      title: cells.title ?? null,
    };
    return { ok: true, officer: { ...officer, ...days }, isNew: standing === "free" };
  });
}
