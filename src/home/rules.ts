/** Under which subject of the catalogue firms find what is theirs. */
export const BUSINESS = "doanh-nghiep";

/**
 * The life events that the home page offers, in the national portal's order: key of the group (also the value of
 * `su-kien` in the catalogue's address) and the icon beside it.
 */
export const lifeEvents = [
  { key: "co_con_nho", icon: "baby" },
  { key: "hoc_tap", icon: "book" },
  { key: "viec_lam", icon: "briefcase" },
  { key: "cu_tru_giay_to", icon: "id-card" },
  { key: "hon_nhan_gia_dinh", icon: "rings" },
  { key: "dien_luc_nha_o_dat_dai", icon: "home" },
  { key: "suc_khoe_y_te", icon: "health" },
  { key: "phuong_tien_nguoi_lai", icon: "car" },
  { key: "huu_tri", icon: "rest" },
  { key: "nguoi_than_qua_doi", icon: "flower" },
  { key: "giai_quyet_khieu_kien", icon: "scales" },
] as const;
