import { Router } from "express";
import { type Part, part } from "#platform/components.ts";
import { type Page, render } from "#platform/render.ts";
import { mailRoutes } from "./mails.ts";
import { paperRoutes } from "./papers.ts";
import { type ComponentView, samples } from "./samples.ts";

export type GalleryPage = Page & {
  sections: readonly { name: string; id: string; parts: readonly Part[] }[];
  previews: readonly { text: string; href: string }[];
};

declare module "#platform/render.ts" {
  interface Views {
    "dev/gallery": GalleryPage;
  }
}

const previews = [
  { text: "Không tìm thấy (404)", href: "/dev/khong-tim-thay" },
  { text: "Bị từ chối (403)", href: "/dev/tu-choi" },
  { text: "Trục trặc (500)", href: "/dev/truc-trac" },
  { text: "Trong giao diện của cán bộ", href: "/dev/mot-cua" },
  { text: "Thư điện tử", href: "/dev/thu" },
  { text: "Biểu mẫu 01", href: "/dev/giay-to/receipt_slip" },
  { text: "Biểu mẫu 02", href: "/dev/giay-to/supplement_request" },
  { text: "Biểu mẫu 03", href: "/dev/giay-to/decline_slip" },
  { text: "Biểu mẫu 04", href: "/dev/giay-to/apology_letter" },
  { text: "Biểu mẫu 05", href: "/dev/giay-to/stop_notice" },
  { text: "Biểu mẫu 06", href: "/dev/giay-to/control_slip" },
  { text: "Biểu mẫu 07", href: "/dev/giay-to/register" },
  { text: "Kết quả lập từ mẫu", href: "/dev/giay-to/result" },
];

/** Every component with its samples, as one page that a browser or an accessibility check can read whole. */
export function galleryPage(): GalleryPage {
  const views = Object.keys(samples) as ComponentView[];
  return {
    title: "Thành phần giao diện",
    width: "wide",
    previews,
    sections: views.map((view) => {
      const name = view.replace("components/", "");
      return { name, id: `mau-${name}`, parts: samples[view].map((it) => part(view, it)) };
    }),
  };
}

/** Mounted outside production only, at the root: `/dev` and the previews of the error pages. */
export const galleryRoutes = Router();
galleryRoutes.use(mailRoutes, paperRoutes);

galleryRoutes.get("/dev", (_req, res) => render(res, "dev/gallery", galleryPage()));

galleryRoutes.get("/dev/mot-cua", (_req, res) => {
  const { shell } = res.locals;
  if (shell) {
    res.locals.shell = {
      ...shell,
      layout: "layouts/desk",
      person: { name: "Lê Thị Hoa", href: "/dev", agency: "Ủy ban nhân dân phường Hải Châu" },
      nav: [
        { href: "/dev/mot-cua", text: "Hồ sơ cần xử lý", current: true },
        { href: "/dev", text: "Tiếp nhận tại quầy", current: false },
      ],
      search: { action: "/dev/mot-cua", name: "q", value: "" },
    };
  }
  render(res, "dev/gallery", galleryPage());
});

galleryRoutes.get("/dev/khong-tim-thay", (_req, res) => {
  const { t } = res.locals;
  if (!t) throw new Error("previews need the request's texts");
  render(res.status(404), "errors/refused", {
    title: t("platform.errors.notFoundTitle"),
    text: t("platform.refused.notFound"),
  });
});

galleryRoutes.get("/dev/tu-choi", (_req, res) => {
  const { t } = res.locals;
  if (!t) throw new Error("previews need the request's texts");
  render(res.status(403), "errors/refused", {
    title: t("platform.errors.title"),
    text: t("platform.refused.forbidden"),
    back: { href: "/dev" },
  });
});

galleryRoutes.get("/dev/truc-trac", (_req, res) => {
  const { t } = res.locals;
  if (!t) throw new Error("previews need the request's texts");
  render(res.status(500), "errors/bug", {
    title: t("platform.errors.bugTitle"),
    text: t("platform.errors.bugText"),
    requestId: "0b9f6c1e-4f2a",
  });
});
