export const did = {
  pageAdded: "thêm trang “{{title}}” của tờ khai",
};

export const form = {
  title: "Tờ khai",
};
