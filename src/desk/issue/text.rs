//! The issue file as a person writes it. The JSON schema is made from these
//! structs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::desk::date::Date;
use crate::desk::focus::{CropText, FocusText};
use crate::desk::form::{At, Leaf, Loose, OneOf, Placed, Written, Wrong};
use crate::desk::kind::Matter;

/// An issue (期).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IssueText {
    /// Name of the paper (报名).
    pub paper: Leaf<String>,
    /// Its code in file names: Latin letters and digits.
    pub code: Leaf<String>,
    /// What the files of the pages are called, without their ending (N22):
    /// `{code}_{yyyymmdd}_{page}` where it is left out; also `{section}`, `{page2}`,
    /// `{yyyy}`.
    pub file_name: Leaf<String>,
    /// Date of the issue.
    pub date: Leaf<Date>,
    /// Number of the issue.
    pub issue_number: Leaf<Label>,
    /// 总期号.
    pub total_number: Leaf<Label>,
    /// The paper's own city: in datelines made of fields, what comes from
    /// there reads 讯, what comes from elsewhere 电.
    pub city: Leaf<String>,
    /// Folder with fonts of the paper's own.
    pub fonts: Leaf<String>,
    /// What the pages are printed on and with.
    pub print: PrintText,
    /// Artwork of column labels (栏花, 刊头) by their text: pictures that stand
    /// in their place, as high as the line of the label's style.
    pub labels: BTreeMap<String, Leaf<String>>,
    /// Texts for the furniture: cn, price, publisher, address, …
    pub fields: BTreeMap<String, Leaf<Label>>,
    /// A stock of art for the feet of stories (补白, 报花), of the sizes that
    /// the layouts approve.
    pub fillers: Vec<Placed<FillerText>>,
    /// The pages, in order.
    pub pages: Vec<Placed<PageText>>,
}

/// 印刷条件: what the pages are printed on and with, for the output intent of
/// the PDF and for the inks of photographs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrintText {
    /// The printer's ICC profile, CMYK: a path. The newsprint profile of the
    /// program where left out.
    pub icc: Leaf<String>,
    /// Registered name of the printing condition, as the printer gives it:
    /// `IFRA26`.
    pub condition: Leaf<String>,
    /// Whether pages have crop and registration marks, a colour bar and a slug
    /// (N16–N20); none where left out.
    pub marks: Leaf<bool>,
    /// Whether these marks show the fold at half the height (折线, N18); where
    /// left out, pages of 500 mm and more have it: 对开.
    pub fold: Leaf<bool>,
    /// The most ink on one place in a photograph (总墨量), in per cent: 100 to
    /// 400, 220 where left out.
    pub ink_limit: Leaf<i64>,
    /// Whether inks of their own (专色) may be on the pages; where left out
    /// they are an error of the preflight, as newspapers ask (G15).
    pub spots: Leaf<bool>,
    /// The most pixels an inch that a picture keeps on its page (图片分辨率上限),
    /// 150 to 2400: those that have more are reduced to it. Left out, they are
    /// not. Line art of one bit and JPEGs in CMYK stay as they are.
    pub downsample: Leaf<i64>,
}

/// A piece of art that fills the foot of a story.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FillerText {
    /// Path of the picture.
    pub file: Leaf<String>,
    /// Grid lines it takes.
    pub lines: Leaf<i64>,
}

/// One page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PageText {
    /// 版序: 1, "05", "A01"; "02-03" for a 跨版 of two facing pages.
    pub number: Leaf<Label>,
    /// Section (版名): 要闻.
    pub section: Leaf<String>,
    /// Name of a bundled layout, or the path of one.
    pub layout: Leaf<String>,
    /// Texts for this page's furniture: ears, editors, …
    pub fields: BTreeMap<String, Leaf<Label>>,
    /// What goes into the slots.
    pub slots: Vec<Placed<FillingText>>,
}

/// What goes into one slot: an article, pictures, or a short text.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FillingText {
    /// Name of the slot in the layout.
    pub slot: Leaf<String>,
    /// Path of an article.
    pub article: Leaf<String>,
    /// Paths of the items of a group (专栏, 集纳): several short articles under
    /// one `title`, in this order.
    pub articles: Leaf<Vec<At<String>>>,
    /// Pictures; after those that the article names itself.
    pub images: Vec<Placed<ImageText>>,
    /// A short text of its own, for an advertisement or a notice.
    pub text: Leaf<String>,
    /// The slot whose story goes on here (转版): its page and name, `01/lead`.
    pub continues: Leaf<String>,
    /// Headline of that text, of the group, or the short one of a story that
    /// goes on.
    pub title: Leaf<String>,
    /// What it is: `ad` must carry the label 广告.
    pub kind: Leaf<OneOf<Matter>>,
    /// Whether this is the lead of the page (头条): it should stand upper left
    /// or upper right, under the masthead.
    pub lead: Leaf<bool>,
    /// Label of that text, of the group, or of an advertisement of pictures:
    /// 广告.
    pub label: Leaf<String>,
}

/// One picture.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImageText {
    /// Path of the picture.
    pub file: Leaf<String>,
    /// Caption (图片说明).
    pub caption: Leaf<String>,
    /// Credit (图片来源).
    pub credit: Leaf<String>,
    /// Whether it may be cropped to the shape of its place; false for charts
    /// and maps, true where left out. Or the part of it that may show: left
    /// and upper edge, width and height in parts of the picture.
    pub crop: Leaf<CropText>,
    /// The point that cropping keeps near the middle (焦点), from the left and
    /// from the top, in parts of the picture: `[0.3, 0.4]`, `"30% 40%"`.
    pub focus: Leaf<FocusText>,
    /// A name that pictures side by side in one place share (组图).
    pub group: Leaf<String>,
}

/// A short text that may be written as a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label(pub String);

impl Written for Label {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        match value {
            Loose::Text(text) => Ok(Self(text.clone())),
            Loose::Integer(number) => Ok(Self(number.to_string())),
            _ => {
                let shown = value.shown();
                Err(Wrong::new(
                    format!("应为文字或整数，写的是 {shown}"),
                    format!("expected text or a whole number, found {shown}"),
                ))
            }
        }
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": ["string", "integer"] })
    }
}
