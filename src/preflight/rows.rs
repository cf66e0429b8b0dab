//! The rows that a file is judged by, for a list of what was looked at.

/// A row of the print requirements that a preflight judges.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its number, as findings name it.
    pub row: &'static str,
    /// What it is about.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

const fn row(row: &'static str, zh: &'static str, en: &'static str) -> Row {
    Row { row, zh, en }
}

/// Every row, in their order.
pub const ROWS: [Row; 50] = [
    row("X1", "文件头、版本", "header, version"),
    row("X2", "交叉引用", "cross-references"),
    row("X3", "标识、加密", "id, encryption"),
    row("X4", "文件信息", "Info dictionary"),
    row("X5", "XMP 元数据", "XMP packet"),
    row("X6", "自称的 PDF/X", "claim of PDF/X"),
    row("X9", "文档标识", "document ids"),
    row("X10", "陷印说明", "Trapped"),
    row("X11", "输出意图", "output intent"),
    row("X12", "印刷条件", "printing condition"),
    row("X14", "输出 ICC", "output profile"),
    row("X15", "页面框", "page boxes"),
    row("X16", "字体嵌入、字宽", "fonts, widths"),
    row("X17", "颜色空间", "colour spaces"),
    row("X18", "输出 ICC 重用", "profile twice"),
    row("X19", "透明", "transparency"),
    row("X21", "传递曲线、挂网", "halftones"),
    row("X22", "图片压缩", "image filters"),
    row("X23", "禁用的压缩", "forbidden filters"),
    row("X24", "图层", "layers"),
    row("X25", "批注、表单", "annotations"),
    row("X26", "动作、附件", "actions, files"),
    row("X27", "禁用的对象", "forbidden objects"),
    row("X28", "分色页", "separated pages"),
    row("X29", "Courier 字体", "Courier"),
    row("G1", "CropBox、单位", "CropBox, UserUnit"),
    row("G2", "开本、旋转", "size, turning"),
    row("G3", "空白页", "empty pages"),
    row("G5", "白字叠印", "white text overprints"),
    row("G6", "白图叠印", "white shapes overprint"),
    row("G7", "小黑字叠印", "small black text"),
    row("G8", "细黑线叠印", "thin black lines"),
    row("G9", "灰的小字细线", "small grey"),
    row("G10", "灰色叠印", "grey overprints"),
    row("G11", "多色黑字", "rich black text"),
    row("G12", "反白小字", "small reversed text"),
    row("G13", "多色小字", "small text of inks"),
    row("G14", "细线", "thin lines"),
    row("G15", "专色", "spot colours"),
    row("G16", "套准色", "registration colour"),
    row("G17", "15mm 见方墨量", "ink of a square"),
    row("G20", "混合空间", "blending space"),
    row("G21", "图片分辨率", "image resolution"),
    row("G22", "线条稿分辨率", "bitmap resolution"),
    row("G23", "整版是图", "page is an image"),
    row("G24", "图层方案", "layer sets"),
    row("G25", "输出 ICC 空间", "profile space"),
    row("N4", "总墨量", "total ink"),
    row("N9", "出血", "bleed"),
    row("N10", "文字离成品边", "text near trim"),
];
