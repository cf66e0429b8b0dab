//! 电头 from fields (N36): who sends the story, from where, of which day, who
//! wrote it, and whether it is wire copy that the desk has cut.
//!
//! What comes out are the words that a desk would have typed, each with its
//! place in the file, so that everything after the reader takes one form.

use super::head::{ANSWERS, Names, Reader};
use super::mapped::{Mapped, offset};
use super::normalise::normalise;
use super::yaml::{Kind, Node};
use super::{Sent, Words};
use crate::base::diag::Diagnostic;
use crate::desk::date::Date;

/// A key of the dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Agency,
    Place,
    Date,
    Reporters,
    Source,
    Edited,
}

const KEYS: &Names<Key> = &[
    (
        Key::Agency,
        "agency",
        "通讯社",
        &["社名", "单位", "发稿单位"],
    ),
    (
        Key::Place,
        "place",
        "地点",
        &["发稿地", "城市", "city", "from"],
    ),
    (Key::Date, "date", "日期", &["时间", "发稿日期", "day"]),
    (
        Key::Reporters,
        "reporters",
        "记者",
        &["作者", "署名", "reporter", "byline"],
    ),
    (Key::Source, "source", "稿源", &["来源", "性质"]),
    (
        Key::Edited,
        "edited",
        "摘编",
        &["删改", "节录", "abridged", "cut"],
    ),
];

/// Words for wire copy, and for the paper's own.
const SOURCES: [(&str, bool); 4] = [
    ("wire", true),
    ("通稿", true),
    ("own", false),
    ("自采", false),
];

/// What stands for the paper itself.
const OWN: &str = "本报";

/// The fields as written.
#[derive(Default)]
struct Fields {
    agency: Option<Mapped>,
    place: Option<Mapped>,
    date: Option<Mapped>,
    reporters: Vec<Mapped>,
    /// Wire copy, or the paper's own; `None` where nothing is said.
    wire: Option<bool>,
    edited: bool,
}

impl Fields {
    /// Whether it names the paper itself, or nobody.
    fn of_the_paper(&self) -> bool {
        let agency = self.agency.as_ref().map_or(OWN, |agency| &agency.text);
        agency.starts_with(['本', '我'])
    }

    /// Whether it is copy of a wire: what is said, else by who sends it.
    fn is_wire(&self) -> bool {
        self.wire.unwrap_or(!self.of_the_paper())
    }
}

impl Reader<'_> {
    /// The dateline, written or of fields, and where one of fields of the
    /// paper's own was sent from.
    pub(super) fn dateline(&mut self, node: &Node) -> (Option<Words>, Option<Sent>) {
        let Kind::Map(entries) = &node.kind else {
            return (self.words(node), None);
        };
        if entries.is_empty() {
            return (None, None);
        }
        let fields = self.dateline_fields(entries);
        self.contradictions(&fields, node);
        let (mapped, sent) = self.composed(&fields, node);
        // nothing is normalised away behind what `sent` counts: every field
        // was normalised before
        (self.finish(mapped, node), sent)
    }

    fn dateline_fields(&mut self, entries: &[(Node, Node)]) -> Fields {
        let mut fields = Fields::default();
        let mut seen: Vec<(Key, &Node)> = Vec::new();
        for (name, value) in entries {
            let Some(key) = self.key(KEYS, name, &seen) else {
                continue;
            };
            seen.push((key, name));
            match key {
                Key::Agency => fields.agency = self.field(value),
                Key::Place => fields.place = self.field(value),
                Key::Date => fields.date = self.day(value),
                Key::Reporters => {
                    fields.reporters = match &value.kind {
                        Kind::List(items) => {
                            items.iter().filter_map(|item| self.field(item)).collect()
                        }
                        _ => self.field(value).into_iter().collect(),
                    };
                }
                Key::Source => {
                    fields.wire = self.choice(value, &SOURCES);
                }
                Key::Edited => {
                    fields.edited = self.choice(value, &ANSWERS).unwrap_or(false);
                }
            }
        }
        fields
    }

    /// One field, normalised; `None` where it is empty.
    pub(super) fn field(&mut self, node: &Node) -> Option<Mapped> {
        let mapped = self.scalar(node, "这里应是几个字", "A few words are expected here")?;
        let mapped = normalise(self.out, mapped, &mut Vec::new());
        (!mapped.text.trim().is_empty()).then_some(mapped)
    }

    /// A day as it is printed: `5月1日`, also of `2026-05-01` and `05-01`.
    fn day(&mut self, node: &Node) -> Option<Mapped> {
        let mapped = self.field(node)?;
        if is_han_day(&mapped.text) {
            return Some(mapped);
        }
        if let Some(printed) = han_day(&mapped.text) {
            let mut day = Mapped::new(self.out.source);
            day.push_for(&printed, self.shown(&node.range));
            return Some(day);
        }
        let note = Diagnostic::error(
            "copy/dateline-date",
            format!("“{}”不是日期，照原样排出", mapped.text),
            format!("\"{}\" is not a day; it is set as typed", mapped.text),
        )
        .help("写成 5月1日 或 2026-05-01", "Write 5月1日 or 2026-05-01");
        self.note(note, node);
        Some(mapped)
    }

    /// Fields that cannot all be true.
    fn contradictions(&mut self, fields: &Fields, node: &Node) {
        let named = fields.agency.is_some();
        let told = match (fields.wire, fields.of_the_paper()) {
            (Some(true), true) if named => Some((
                "稿源是通稿，发稿的却是本报",
                "wire copy is said to be the paper's own",
                "写上通讯社的名字，或写 稿源: 自采",
                "Name the agency, or write source: own",
            )),
            (Some(true), true) => Some((
                "稿源是通稿，没有写通讯社",
                "wire copy without its agency",
                "加一项，例如 通讯社: 新华社",
                "Add an entry like agency: 新华社",
            )),
            (Some(false), false) => Some((
                "稿源是自采，发稿的却是别家",
                "the paper's own copy is said to be another's",
                "删去通讯社，或写 稿源: 通稿",
                "Leave out the agency, or write source: wire",
            )),
            _ if fields.edited && !fields.is_wire() => Some((
                "本报自己的稿件不能写“据”",
                "the paper's own copy is not abridged from a wire",
                "删去 摘编，或写上通讯社的名字",
                "Leave out edited, or name the agency",
            )),
            _ => None,
        };
        if let Some((zh, en, help_zh, help_en)) = told {
            let zh = format!("电头的各项互相矛盾：{zh}");
            let en = format!("The fields of the dateline contradict each other: {en}");
            let note = Diagnostic::error("copy/dateline-contradicts", zh, en);
            self.note(note.help(help_zh, help_en), node);
        }
    }

    /// `新华社北京5月1日电（记者张三）`, `本报讯（记者 李四）`,
    /// `据新华社北京5月1日电`: 电 is sent from elsewhere, 讯 is local.
    fn composed(&self, fields: &Fields, node: &Node) -> (Mapped, Option<Sent>) {
        let wire = fields.is_wire();
        let mut all = Mapped::new(self.out.source);
        let mut at = self.shown(&node.range).start;
        if wire && fields.edited {
            all.push_for("据", at..at);
        }
        match &fields.agency {
            Some(agency) => all.append(agency),
            None => all.push_for(OWN, at..at),
        }
        for part in [&fields.place, &fields.date].into_iter().flatten() {
            all.append(part);
        }
        if let Some(last) = all.pieces.last() {
            at = last.span.end as usize;
        }
        let local = !wire && fields.place.is_none();
        let from = offset(all.text.len());
        all.push_for(if local { "讯" } else { "电" }, at..at);
        let sent = fields.place.as_ref().filter(|_| !wire).map(|place| Sent {
            place: place.text.clone(),
            range: from..offset(all.text.len()),
        });
        let Some(first) = fields.reporters.first() else {
            return (all, sent);
        };
        // 通讯员 王五 says itself what he is
        let said = ["记者", "通讯员", "本报", "实习"];
        let named = said.iter().any(|word| first.text.starts_with(word));
        let (behind, between) = match wire {
            true => ("", "、"),
            false => (" ", " "),
        };
        all.push_for("（", at..at);
        if !named {
            all.push_for(&format!("记者{behind}"), at..at);
        }
        for (nth, reporter) in fields.reporters.iter().enumerate() {
            if nth > 0 {
                all.push_for(between, at..at);
            }
            all.append(reporter);
            if let Some(last) = all.pieces.last() {
                at = last.span.end as usize;
            }
        }
        all.push_for("）", at..at);
        (all, sent)
    }
}

/// `5月1日`, `2026年5月1日`: what the calendar lint reads (E13).
fn is_han_day(text: &str) -> bool {
    let figures = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let day = match text.split_once('年') {
        Some((year, day)) if figures(year, 4) => day,
        Some(_) => return false,
        None => text,
    };
    let parts = day.strip_suffix('日').and_then(|day| day.split_once('月'));
    parts.is_some_and(|(month, day)| figures(month, 2) && figures(day, 2))
}

/// `5月1日` of `2026-05-01` or `05-01`.
fn han_day(text: &str) -> Option<String> {
    // a leap year has every day
    let date = Date::parse(text).or_else(|| Date::parse(&format!("2024-{text}")))?;
    Some(format!("{}月{}日", date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use crate::base::diag::SourceId;
    use crate::desk::manuscript::{Format, Manuscript, read};

    fn head(dateline: &str) -> (Manuscript, Vec<&'static str>) {
        let text = format!("---\n主题: 甲\n电头: {dateline}\n---\n正文");
        let noted = read(SourceId(0), &text, Format::Markdown);
        let codes = noted.notes.iter().map(|note| note.code).collect();
        (noted.value, codes)
    }

    fn dateline(fields: &str) -> String {
        let (manuscript, codes) = head(fields);
        assert_eq!(codes, [""; 0], "{fields}");
        let words = manuscript.head.dateline;
        words.map(|words| words.text).unwrap_or_default()
    }

    #[test]
    fn n36_the_dateline_is_made_of_fields() {
        for (fields, made) in [
            (
                "{agency: 新华社, place: 北京, date: 5月1日, reporters: [张三]}",
                "新华社北京5月1日电（记者张三）",
            ),
            (
                "{通讯社: 新华社, 地点: 北京, 日期: 2026-05-01, 稿源: 通稿, 摘编: 是}",
                "据新华社北京5月1日电",
            ),
            ("{记者: 李四}", "本报讯（记者 李四）"),
            (
                "{place: 临溪, date: 05-01, reporters: [张三, 欧阳山]}",
                "本报临溪5月1日电（记者 张三 欧阳山）",
            ),
            (
                "{agency: 新华社, date: 5月1日, reporters: [张三, 李四]}",
                "新华社5月1日电（记者张三、李四）",
            ),
            ("{reporters: [通讯员 王五]}", "本报讯（通讯员 王五）"),
            ("{source: own}", "本报讯"),
            ("{}", ""),
            ("本报讯（记者 张三）", "本报讯（记者 张三）"),
        ] {
            assert_eq!(dateline(fields), made, "{fields}");
        }
    }

    #[test]
    fn n36_a_dateline_in_lines_of_its_own() {
        assert_eq!(
            dateline("\n  agency: 新华社\n  place: 北京\n  reporters:\n    - 张三"),
            "新华社北京电（记者张三）"
        );
    }

    #[test]
    fn n36_e15_each_field_leads_back_to_its_place() {
        let (manuscript, _) = head("{date: 5月1日, agency: 新华社}");
        let words = manuscript.head.dateline.expect("a dateline");
        let exact: Vec<_> = words
            .pieces
            .iter()
            .filter(|piece| piece.exact)
            .map(|piece| piece.at)
            .collect();
        assert_eq!(exact, [0, 9]);
    }

    #[test]
    fn n36_the_paper_s_own_place_is_kept_for_the_desk() {
        let (manuscript, _) = head("{place: 临溪, date: 5月1日}");
        let sent = manuscript.head.sent.expect("a place");
        let words = manuscript.head.dateline.expect("a dateline");
        let range = sent.range.start as usize..sent.range.end as usize;
        assert_eq!((sent.place.as_str(), &words.text[range]), ("临溪", "电"));
        assert!(head("{agency: 新华社, place: 临溪}").0.head.sent.is_none());
    }

    #[test]
    fn n36_fields_that_contradict_each_other_are_told() {
        for fields in [
            "{source: wire, place: 北京}",
            "{source: wire, agency: 本报}",
            "{source: own, agency: 新华社}",
            "{edited: true, place: 北京}",
        ] {
            assert_eq!(head(fields).1, ["copy/dateline-contradicts"], "{fields}");
        }
        assert_eq!(head("{date: 五一}").1, ["copy/dateline-date"]);
        assert_eq!(head("{date: 2月30日}").1, [""; 0], "the lint tells");
        assert_eq!(head("{source: 道听途说}").1, ["copy/head-value"]);
        assert_eq!(head("{agancy: 新华社}").1, ["copy/head-unknown-key"]);
    }
}
