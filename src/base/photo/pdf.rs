//! 成品 PDF: a page from another program as a picture: an advertisement, a map.

use super::{Head, PhotoFault, PhotoFormat, tenths};
use crate::base::bytes::Bytes;
use crate::base::pdf::{self, Pdf, PdfFault};

/// Reads the one page of a file: its crop box, as it stands when turned.
pub(super) fn read(bytes: &Bytes) -> Result<Head, PhotoFault> {
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    let page = pages
        .first()
        .ok_or(PhotoFault::damaged("没有一页", "it has no page"))?;
    if pages.len() > 1 {
        return Err(PhotoFault::refused(
            "PDF 有好几页；图片只能是一页的 PDF，请单独导出那一页",
            "the PDF has several pages; a picture is a PDF of one page: export that page alone",
        ));
    }
    let (width, height) = page.render_dimensions();
    Ok(Head::art(PhotoFormat::Pdf, tenths(width), tenths(height)))
}

/// The file, opened.
pub(crate) fn open(bytes: &Bytes) -> Result<Pdf, PhotoFault> {
    pdf::open(bytes).map_err(|fault| match fault {
        PdfFault::Encrypted => PhotoFault::refused(
            "PDF 加了密；请去掉密码再用",
            "the PDF is encrypted; remove its password",
        ),
        PdfFault::Broken => PhotoFault::damaged("不是完整的 PDF", "no whole PDF"),
    })
}
