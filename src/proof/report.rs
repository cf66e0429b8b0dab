//! 印前检查报告: what a preflight found, as one page that a print shop files.
//!
//! Chinese first, English beside it. What does not fit is counted.

use super::Lettering;
use super::marks::moved;
use crate::base::geom::{Length, Point, Rect, Size};
use crate::page::{Fill, FillKind, GlyphRun, Grid, Item, Page};
use crate::story::Ink;

/// Breaks a text into lines of a measure, each from the left end of its own
/// baseline.
pub type Paragraphs<'a> = dyn Fn(&str, Length, Length) -> Vec<Vec<GlyphRun>> + 'a;

/// What the report says.
#[derive(Clone, Debug, Default)]
pub struct Filing {
    /// Title of the PDF.
    pub title: String,
    /// What the file is: labels and values, line by line.
    pub facts: Vec<(String, String)>,
    /// Whether it may be plated.
    pub passed: bool,
    /// Errors and warnings.
    pub counts: (usize, usize),
    /// What was looked at.
    pub rows: Vec<Checked>,
    /// What was found, gravest first.
    pub findings: Vec<Finding>,
    /// The page that is drawn, with the numbers of the findings on it.
    pub sheet: Option<Sheet>,
    /// The last line.
    pub foot: String,
}

/// A row that was looked at.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its number.
    pub row: String,
    /// What it is about, both languages.
    pub name: String,
    /// Errors and warnings of it.
    pub counts: (usize, usize),
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// An error, no warning.
    pub error: bool,
    /// The first page, from 1; 0 for the file as a whole.
    pub page: usize,
    /// The pages in words.
    pub pages: String,
    /// Where on that page, from the top left corner of the page's trim.
    pub place: Option<Rect>,
    /// Its row.
    pub row: String,
    /// What it is and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// A page as it is drawn small.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Its number.
    pub page: usize,
    /// The sheet, from the top left corner of the trim.
    pub media: Rect,
    /// The finished size.
    pub trim: Size,
}

const PAPER: Size = Size::new(Length::mm(210), Length::mm(297));
const MARGIN: Length = Length::mm(15);
const WIDTH: Length = Length::mm(180);
/// Beside what the file is: left edge and width of the verdict and the page.
const BESIDE: (Length, Length) = (Length::mm(140), Length::mm(55));
/// Height of the page that is drawn, its number included.
const DRAWN: Length = Length::mm(40);
/// Where the last line stands, and where findings end.
const FOOT: Length = Length::mm(287);
const END: Length = Length::mm(280);

const TITLE: Length = Length::pt(17);
const HEADING: Length = Length::pt(9);
const TEXT: Length = Length::pt(8);
const SMALL: Length = Length::from_millipt(6_500);
const LEAST: Length = Length::pt(4);
const VERDICT: Length = Length::pt(30);

const HAIR: Length = Length::from_millipt(250);
const RULE: Length = Length::from_millipt(750);
const TINT: Ink = Ink::cmyk(0, 0, 0, 80);
const RED: Ink = Ink::cmyk(0, 1000, 1000, 0);
const MARKS: Ink = Ink::cmyk(0, 1000, 0, 0);

/// The page of a report.
pub fn report(filing: &Filing, lettering: &Lettering<'_>, paragraphs: &Paragraphs<'_>) -> Page {
    let mut pen = Pen {
        lettering,
        paragraphs,
        items: Vec::new(),
        letters: Vec::new(),
    };
    let top = pen.head();
    let left = pen.facts(filing, top);
    let under = pen.verdict(filing, top);
    let room = Rect::new(BESIDE.0, under, BESIDE.1, DRAWN);
    let below = left.max(room.bottom()) + Length::mm(6);
    let below = pen.rows(filing, below) + Length::mm(5);
    let told = pen.findings(filing, below);
    if let Some(sheet) = filing.sheet {
        pen.sheet(filing, told, sheet, room);
    }
    let foot = Point::new(MARGIN, FOOT);
    pen.line(&filing.foot, SMALL, Ink::BLACK, foot, WIDTH);
    pen.items.append(&mut pen.letters);
    Page {
        number: "1".into(),
        title: filing.title.clone(),
        trim: PAPER,
        bleed: Length::ZERO,
        slug: Length::ZERO,
        grid: Grid {
            origin: Point::new(MARGIN, MARGIN),
            columns: 1,
            chars: 63,
            size: TEXT,
            pitch: TEXT * 3 / 2,
            gap: Length::ZERO,
            lines: 60,
        },
        standing: Vec::new(),
        items: pen.items,
        frames: Vec::new(),
        overset: Vec::new(),
        findings: Vec::new(),
        spots: Vec::new(),
    }
}

struct Pen<'a> {
    lettering: &'a Lettering<'a>,
    paragraphs: &'a Paragraphs<'a>,
    items: Vec<Item>,
    /// Over everything else.
    letters: Vec<Item>,
}

/// Columns of the findings: left edge and width, in millimetres from the
/// margin.
const NUMBER: (i64, i64) = (0, 7);
const PAGE: (i64, i64) = (7, 10);
const PLACE: (i64, i64) = (17, 32);
const ROW: (i64, i64) = (49, 14);
const FACT: (i64, i64) = (63, 117);

impl Pen<'_> {
    fn fill(&mut self, rect: Rect, ink: Ink) {
        self.items.push(Item::Fill(Fill {
            rect,
            ink,
            kind: FillKind::Rule,
        }));
    }

    fn rule(&mut self, y: Length, thick: Length) {
        self.fill(Rect::new(MARGIN, y, WIDTH, thick), Ink::BLACK);
    }

    fn frame(&mut self, rect: Rect, thick: Length, ink: Ink) {
        let Rect {
            x,
            y,
            width,
            height,
        } = rect;
        let side = (height - thick * 2).max(Length::ZERO);
        for part in [
            Rect::new(x, y, width, thick),
            Rect::new(x, rect.bottom() - thick, width, thick),
            Rect::new(x, y + thick, thick, side),
            Rect::new(rect.right() - thick, y + thick, thick, side),
        ] {
            if part.width > Length::ZERO && part.height > Length::ZERO {
                self.fill(part, ink);
            }
        }
    }

    /// One line from its baseline, smaller or shorter where it is wider than
    /// the measure. How wide it is.
    fn line(&mut self, text: &str, size: Length, ink: Ink, at: Point, measure: Length) -> Length {
        let mut runs = (self.lettering)(text, size, ink);
        let mut wide = width(&runs);
        if wide > measure {
            // sizes are rounded: a little room is left
            let fit = size.scale(measure.raw() * 99, wide.raw() * 100).max(LEAST);
            runs = (self.lettering)(text, fit, ink);
            wide = width(&runs);
        }
        if wide > measure {
            let whole = text.chars().count() as i64;
            let keep = Length::units(whole).scale(measure.raw(), wide.raw()).raw() - 2;
            let mut cut: String = text.chars().take(keep.max(0) as usize).collect();
            cut.push('…');
            runs = (self.lettering)(&cut, LEAST, ink);
        }
        let wide = width(&runs);
        for run in runs {
            self.letters.push(Item::Glyphs(moved(run, at)));
        }
        wide
    }

    /// Lines of a text from their top; how high they are.
    fn block(&mut self, text: &str, size: Length, at: Point, measure: Length) -> Length {
        let lines = (self.paragraphs)(text, size, measure);
        let count = lines.len() as i64;
        for (nth, line) in (0..).zip(lines) {
            let base = at.y + baseline(size) + pitch(size) * nth;
            for run in line {
                self.letters
                    .push(Item::Glyphs(moved(run, Point::new(at.x, base))));
            }
        }
        pitch(size) * count
    }

    fn heading(&mut self, text: &str, y: Length) -> Length {
        let at = Point::new(MARGIN, y + baseline(HEADING));
        self.line(text, HEADING, Ink::BLACK, at, WIDTH);
        let below = y + pitch(HEADING);
        self.rule(below, RULE);
        below + RULE
    }

    /// What it is a report of; from where the rest stands.
    fn head(&mut self) -> Length {
        let base = MARGIN + baseline(TITLE);
        let at = Point::new(MARGIN, base);
        let wide = self.line("印前检查报告", TITLE, Ink::BLACK, at, WIDTH);
        let beside = Point::new(MARGIN + wide + Length::mm(4), base);
        self.line(
            "Preflight report",
            Length::pt(11),
            Ink::BLACK,
            beside,
            WIDTH,
        );
        let below = MARGIN + pitch(TITLE);
        self.rule(below, RULE * 2);
        below + Length::mm(4)
    }

    fn facts(&mut self, filing: &Filing, top: Length) -> Length {
        let (label, value) = (Length::mm(27), Length::mm(92));
        let mut y = top;
        for (name, text) in &filing.facts {
            let at = Point::new(MARGIN, y + baseline(TEXT));
            self.line(name, TEXT, Ink::BLACK, at, label - Length::mm(1));
            let at = Point::new(MARGIN + label, y);
            // a single word is not broken
            let high = if text.contains(|c: char| !c.is_ascii_graphic()) {
                self.block(text, TEXT, at, value)
            } else {
                let base = Point::new(at.x, y + baseline(TEXT));
                self.line(text, TEXT, Ink::BLACK, base, value);
                pitch(TEXT)
            };
            y += high.max(pitch(TEXT)) + Length::pt(3);
        }
        y
    }

    fn verdict(&mut self, filing: &Filing, top: Length) -> Length {
        let (x, wide) = BESIDE;
        let inner = wide - Length::mm(8);
        let edge = x + Length::mm(4);
        let high = Length::mm(29);
        let (zh, en, ink) = match filing.passed {
            true => ("通过", "PASSED: ready for plates", Ink::BLACK),
            false => ("不通过", "FAILED: not to be plated", RED),
        };
        self.frame(Rect::new(x, top, wide, high), RULE * 2, ink);
        let base = top + Length::mm(3) + baseline(VERDICT);
        self.line(zh, VERDICT, ink, Point::new(edge, base), inner);
        let base = base + Length::mm(6);
        self.line(en, TEXT, Ink::BLACK, Point::new(edge, base), inner);
        let (errors, warnings) = filing.counts;
        let counts = format!("错误 errors {errors}　警告 warnings {warnings}");
        let base = base + pitch(TEXT);
        self.line(&counts, TEXT, Ink::BLACK, Point::new(edge, base), inner);
        top + high + Length::mm(4)
    }

    /// A page drawn small inside a room, its findings as frames, those that are
    /// `told` in the table with their numbers.
    fn sheet(&mut self, filing: &Filing, told: usize, sheet: Sheet, room: Rect) {
        let media = sheet.media;
        let caption = format!("第 {} 页 page {}", sheet.page, sheet.page);
        let label = room.y + baseline(SMALL);
        self.line(
            &caption,
            SMALL,
            Ink::BLACK,
            Point::new(room.x, label),
            room.width,
        );
        let room = Rect::new(
            room.x,
            room.y + pitch(SMALL),
            room.width,
            room.height - pitch(SMALL),
        );
        if media.width <= Length::ZERO || media.height <= Length::ZERO {
            return;
        }
        // as large as both ways allow
        let by_width = media.height.scale(room.width.raw(), media.width.raw()) <= room.height;
        let (num, den) = match by_width {
            true => (room.width, media.width),
            false => (room.height, media.height),
        };
        let small = |length: Length| length.scale(num.raw(), den.raw());
        let whole = Rect::new(room.x, room.y, small(media.width), small(media.height));
        let drawn = |rect: Rect| {
            let x = (room.x + small(rect.x - media.x)).max(whole.x);
            let y = (room.y + small(rect.y - media.y)).max(whole.y);
            let right = (room.x + small(rect.right() - media.x)).min(whole.right());
            let bottom = (room.y + small(rect.bottom() - media.y)).min(whole.bottom());
            let least = Length::from_millipt(2_000);
            Rect::new(x, y, (right - x).max(least), (bottom - y).max(least))
        };
        self.fill(whole, TINT);
        let trim = Rect::new(
            Length::ZERO,
            Length::ZERO,
            sheet.trim.width,
            sheet.trim.height,
        );
        let trim = drawn(trim);
        self.fill(trim, Ink::WHITE);
        self.frame(trim, HAIR, Ink::BLACK);
        let mut taken: Vec<Point> = Vec::new();
        for (number, finding) in (1..).zip(&filing.findings) {
            let Some(place) = finding.place.filter(|_| finding.page == sheet.page) else {
                continue;
            };
            let place = drawn(place);
            self.frame(place, HAIR * 2, MARKS);
            if number > told {
                continue;
            }
            let step = SMALL * 5 / 4;
            let mut at = Point::new(place.right() + Length::pt(1), place.y + SMALL.scale(8, 10));
            let meets = |one: &Point, at: Point| {
                (one.x - at.x).abs() < step && (one.y - at.y).abs() < SMALL
            };
            while taken.iter().any(|one| meets(one, at)) {
                at.x += step;
            }
            // beside the page there is no room for more
            if at.x > room.right() - step {
                continue;
            }
            taken.push(at);
            let number = number.to_string();
            self.line(&number, SMALL, Ink::BLACK, at, step);
        }
    }

    fn rows(&mut self, filing: &Filing, top: Length) -> Length {
        const COLUMNS: usize = 3;
        let from = self.heading("核对的规则　Rules checked", top) + Length::mm(1);
        let wide = Length::mm(60);
        let high = pitch(SMALL) + Length::pt(1);
        let deep = filing.rows.len().div_ceil(COLUMNS).max(1);
        for (nth, checked) in filing.rows.iter().enumerate() {
            let x = MARGIN + wide * (nth / deep) as i64;
            let y = from + high * (nth % deep) as i64;
            let (errors, warnings) = checked.counts;
            let state = match (errors, warnings) {
                (0, 0) => "通过 ok".to_owned(),
                (0, warnings) => format!("警告 warn {warnings}"),
                (errors, _) => format!("错误 error {errors}"),
            };
            if errors + warnings > 0 {
                let room = Rect::new(x, y, wide - Length::mm(2), high);
                self.fill(room, TINT);
            }
            let base = y + baseline(SMALL) + Length::from_millipt(500);
            let cells = [
                (&checked.row, 1, 8),
                (&checked.name, 9, 35),
                (&state, 44, 15),
            ];
            for (text, left, measure) in cells {
                let at = Point::new(x + Length::mm(left), base);
                self.line(text, SMALL, Ink::BLACK, at, Length::mm(measure - 1));
            }
        }
        from + high * deep as i64
    }

    /// The table; how many findings it has room for.
    fn findings(&mut self, filing: &Filing, top: Length) -> usize {
        let mut y = self.heading("所见　Findings", top);
        if filing.findings.is_empty() {
            let at = Point::new(MARGIN, y + Length::mm(1));
            self.block("没有　none", TEXT, at, WIDTH);
            return 0;
        }
        let names = [
            ("号", NUMBER),
            ("页 page", PAGE),
            ("位置 place (mm)", PLACE),
            ("规则 rule", ROW),
            ("是什么，怎么办　What it is, and what to do", FACT),
        ];
        for (name, column) in names {
            self.cell(name, column, y + Length::pt(1));
        }
        y += pitch(SMALL) + Length::pt(2);
        self.rule(y, HAIR);
        y += HAIR;
        let count = filing.findings.len();
        for (nth, finding) in filing.findings.iter().enumerate() {
            // a mark may hang at the end of a line
            let measure = Length::mm(FACT.1) - TEXT;
            let lines = [(&finding.zh, TEXT), (&finding.en, SMALL)];
            let high = lines
                .iter()
                .map(|(text, size)| {
                    let lines = (self.paragraphs)(text, *size, measure).len();
                    pitch(*size) * lines as i64
                })
                .sum::<Length>()
                + Length::pt(4);
            // room for the line that says how many more there are
            let last = nth + 1 == count;
            let end = if last { END } else { END - pitch(TEXT) };
            if y + high > end {
                let more = count - nth;
                let text = format!(
                    "另有 {more} 条，见 --json 的清单　and {more} more: see the list of --json"
                );
                self.block(&text, TEXT, Point::new(MARGIN, y + Length::pt(2)), WIDTH);
                return nth;
            }
            let top = y + Length::pt(2);
            self.cell(&(nth + 1).to_string(), NUMBER, top);
            self.cell(&finding.pages, PAGE, top);
            let place = finding.place.map_or_else(|| "—".to_owned(), place_of);
            self.cell(&place, PLACE, top);
            self.cell(&finding.row, ROW, top);
            let word = if finding.error { "错误" } else { "警告" };
            let under = top + pitch(SMALL);
            self.cell(word, ROW, under);
            let mut line = top;
            for (text, size) in lines {
                let at = Point::new(MARGIN + Length::mm(FACT.0), line);
                line += self.block(text, size, at, measure);
            }
            y += high;
            self.rule(y, HAIR);
            y += HAIR;
        }
        count
    }

    fn cell(&mut self, text: &str, (left, wide): (i64, i64), top: Length) {
        let at = Point::new(MARGIN + Length::mm(left), top + baseline(SMALL));
        self.line(text, SMALL, Ink::BLACK, at, Length::mm(wide - 1));
    }
}

/// Left and top, width and height in millimetres.
fn place_of(rect: Rect) -> String {
    let mm = |length: Length| {
        let tenths = length.scale(10, Length::UNITS_PER_MM).raw();
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    };
    let Rect {
        x,
        y,
        width,
        height,
    } = rect;
    format!("{}, {}  {}×{}", mm(x), mm(y), mm(width), mm(height))
}

/// From the top of a line to its baseline.
fn baseline(size: Length) -> Length {
    size.scale(105, 100)
}

/// From line to line.
fn pitch(size: Length) -> Length {
    size.scale(145, 100)
}

/// How wide a line is at most.
fn width(runs: &[GlyphRun]) -> Length {
    let last = runs.last();
    let glyph = last.and_then(|run| run.glyphs.last().map(|glyph| glyph.at.x + run.size));
    glyph.unwrap_or(Length::ZERO)
}
