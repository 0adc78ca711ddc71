/**
 * Names as people of Việt Nam bear them: a third are Nguyễn, some combinations are borne by thousands and most by few, so
 * that a search meets both. A million draws give more than a hundred thousand different ones.
 */

/** Of a thousand people, as the shares are known; what is left bears one of the rarer ones. */
const FAMILY: readonly (readonly [string, number])[] = [
  ["Nguyễn", 315],
  ["Trần", 109],
  ["Lê", 89],
  ["Phạm", 59],
  ["Hoàng", 51],
  ["Phan", 28],
  ["Vũ", 25],
  ["Đặng", 22],
  ["Bùi", 21],
  ["Đỗ", 19],
  ["Hồ", 16],
  ["Ngô", 13],
  ["Dương", 11],
  ["Lý", 9],
];
const RARER =
  "Nông Lương Triệu Vi Bế Đinh Đoàn Mai Trịnh Trương Cao Lâm Tô Hà Chu Tạ Quách La Lộc Vàng Giàng Thào".split(" ");
const MIDDLE = {
  female: "Thị Ngọc Thanh Thu Kim Minh Phương Hồng Mỹ Bích Diệu Khánh Quỳnh Tuyết Hoài Cẩm Như Bảo".split(" "),
  male: "Văn Đức Minh Hữu Quang Xuân Đình Công Thành Anh Ngọc Tuấn Hoàng Bá Trọng Viết Gia Mạnh".split(" "),
};
const GIVEN = {
  female:
    "Anh Chi Dung Duyên Giang Hà Hạnh Hiền Hoa Hòa Hồng Huệ Hương Huyền Lan Lành Liên Linh Loan Ly Mai My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phượng Quyên Sen Tâm Thảo Thơm Thu Thúy Thương Trang Trinh Tuyết Uyên Vân Xuân Yến".split(
      " ",
    ),
  male: "An Bắc Bình Chiến Cường Đại Dũng Duy Đạt Đông Hải Hậu Hiếu Hoàn Hùng Huy Khải Khánh Khôi Kiên Lâm Long Lợi Luân Nam Nghĩa Phong Phúc Quân Quyết Sơn Tài Tân Thái Thắng Thịnh Toàn Trung Tú Tuấn Tùng Việt Vinh Vượng Páo".split(
    " ",
  ),
};
/** Whose first middle name is the old one of their sex, and who has a second. */
const OLD = 0.45;
const TWO = 0.3;

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

function familyName(random: () => number): string {
  let left = random() * 1000;
  for (const [name, share] of FAMILY) {
    left -= share;
    if (left < 0) return name;
  }
  return pick(RARER, random);
}

/** A full name. @param random from 0 to 1, the same numbers give the same name */
export function drawName(random: () => number): string {
  const sex = random() < 0.5 ? "female" : "male";
  const family = familyName(random);
  const middle = random() < OLD ? MIDDLE[sex][0] : pick(MIDDLE[sex], random);
  const second = random() < TWO ? [pick(MIDDLE[sex], random)].filter((one) => one !== middle) : [];
  return [family, middle, ...second, pick(GIVEN[sex], random)].join(" ");
}
