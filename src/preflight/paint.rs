//! What is painted, judged: colours, overprint, small type, thin lines,
//! resolution (G3, G5–G23, X17–X19, N4, N10).

use std::collections::{BTreeMap, BTreeSet};

use super::boxes::{Boxes, holds, meet};
use super::findings::{Findings, Rule, Spot};
use super::glyphs::Glyphs;
use super::ground::{self, Amount, Ground};
use super::profile::{Limits, Way};
use super::{fonts, image_ink, objects};
use crate::base::pdf::{Dict, Name, Object};
use crate::readback::colour::{Colour, Space};
use crate::readback::content::{ImageMark, Over, Painter, PathMark, TextMark};
use crate::readback::outline::{self, Outline};
use crate::readback::{Edges, Key, key_of};

const SCREEN: Rule = Rule::error(
    "X17",
    "preflight/colour-space",
    "把 RGB、Lab 和带 ICC 的颜色转成 CMYK",
    "convert RGB, Lab and ICC based colours to CMYK",
);
const TWIN: Rule = Rule::error(
    "X18",
    "preflight/output-profile-again",
    "这些颜色直接用 DeviceCMYK，不再带 ICC",
    "use DeviceCMYK for them, without a profile",
);
const SPOT: Rule = Rule::error(
    "G15",
    "preflight/spot-colour",
    "把专色转成 CMYK",
    "convert spot colours to CMYK",
);
const ALL: Rule = Rule::warning(
    "G16",
    "preflight/registration-colour",
    "套准色只用于成品框外的标记",
    "registration colour is for marks outside the trim",
);
const TRANSPARENT: Rule = Rule::error(
    "X19",
    "preflight/transparency",
    "拼合透明后再输出",
    "flatten transparency before exporting",
);
const GROUP: Rule = Rule::error(
    "G20",
    "preflight/group-space",
    "透明的混合空间用 DeviceCMYK",
    "blend transparency in DeviceCMYK",
);
const WHITE_TEXT_OVER: Rule = Rule::error(
    "G5",
    "preflight/white-text-overprints",
    "白字不能叠印，叠印了就没有了",
    "white text must knock out: overprinting, it vanishes",
);
const WHITE_PATH_OVER: Rule = Rule::warning(
    "G6",
    "preflight/white-path-overprints",
    "白色的图形不能叠印",
    "white shapes must knock out",
);
const BLACK_TEXT: Rule = Rule::warning(
    "G7",
    "preflight/black-text-knocks-out",
    "12 点以下的黑字叠印（OPM 1）",
    "let black text below 12 pt overprint (OPM 1)",
);
const BLACK_LINE: Rule = Rule::warning(
    "G8",
    "preflight/black-line-knocks-out",
    "2 点以下的黑线叠印（OPM 1）",
    "let black lines below 2 pt overprint (OPM 1)",
);
const GRAY_SMALL: Rule = Rule::warning(
    "G9",
    "preflight/gray-text",
    "小字细线写 0 0 0 1 k，不用 DeviceGray",
    "use 0 0 0 1 k for small text and thin lines, not DeviceGray",
);
const GRAY_OVER: Rule = Rule::warning(
    "G10",
    "preflight/gray-overprints",
    "要叠印的黑写 0 0 0 1 k",
    "use 0 0 0 1 k for black that overprints",
);
const RICH: Rule = Rule::warning(
    "G11",
    "preflight/rich-black-text",
    "黑字只用黑版",
    "print black text from the black plate alone",
);
const WHITE_SMALL: Rule = Rule::warning(
    "G12",
    "preflight/small-white-text",
    "反白字 10 点以上",
    "reverse text of 10 pt or more",
);
const INKS_SMALL: Rule = Rule::warning(
    "G13",
    "preflight/small-text-of-inks",
    "10 点以下的字只用一色",
    "print text below 10 pt from one plate",
);
const LINE: Rule = Rule::warning(
    "G14",
    "preflight/thin-line",
    "线粗 0.25 点以上",
    "draw lines of 0.25 pt or more",
);
pub(super) const INK: Rule = Rule::error(
    "N4",
    "preflight/ink",
    "减总墨量，按新闻纸的 ICC 重新分色",
    "take ink off: separate by the profile of the paper",
);
const SAFE: Rule = Rule::warning(
    "N10",
    "preflight/text-near-trim",
    "文字离成品边远一些",
    "keep text clear of the trim",
);
const EMPTY: Rule = Rule::error(
    "G3",
    "preflight/empty-page",
    "看一看这一版该有什么",
    "see what should be on this page",
);
const PPI: Rule = Rule::error(
    "G21",
    "preflight/resolution",
    "换大一些的图，或缩小用",
    "use a larger image, or place it smaller",
);
const BITMAP_PPI: Rule = Rule::error(
    "G22",
    "preflight/bitmap-resolution",
    "线条稿按 1200ppi 扫描",
    "scan line art at 1200 ppi",
);
const ONE_IMAGE: Rule = Rule::warning(
    "G23",
    "preflight/page-is-an-image",
    "交有文字的 PDF，不交整版的图",
    "hand in pages of text, not a picture of one",
);

const NO_BLEED: Rule = Rule::warning(
    "N9",
    "preflight/no-bleed",
    "到边的颜色和图片向外多出 3 毫米，免得裁出白边",
    "let colours and pictures that reach the trim go 3 mm beyond it",
);

/// Letters below so many points, and lines below [`THIN`], may be too thin for
/// the plates to show all of their ink.
const SMALL: f64 = 36.0;
/// See [`SMALL`].
const THIN: f64 = 2.0;
/// Points from the trim at which something reaches it.
const NEAR: f64 = 0.5;
/// Share of the page from which on an image is all of it (G23).
const WHOLE: f64 = 0.9;

/// A page's judge.
pub(super) struct Judge<'f, 'a> {
    out: &'f mut Findings,
    shown: &'f mut Glyphs<'a>,
    /// Profiles that are the output profile once more.
    twins: &'f BTreeSet<Key>,
    limits: Limits,
    boxes: Boxes,
    ground: Ground,
    /// Whether something was found to have too much ink by itself.
    heavy: bool,
    /// What is painted on the page with its bleed; areas of bare paper that
    /// cover others do not count.
    marks: usize,
    /// The images among it.
    images: usize,
    /// Share of the page that the largest of them covers.
    widest: f64,
    /// The most ink of images that were looked at, by object.
    inks: BTreeMap<Key, Option<f64>>,
    /// Soft masks that are being drawn.
    masks: usize,
    /// Cells that are open: whether each is a glyph.
    open: Vec<bool>,
    /// The most ink inside each cell.
    cells: BTreeMap<usize, Amount>,
}

impl<'f, 'a> Judge<'f, 'a> {
    pub(super) fn new(
        limits: Limits,
        boxes: Boxes,
        shown: &'f mut Glyphs<'a>,
        twins: &'f BTreeSet<Key>,
        out: &'f mut Findings,
    ) -> Self {
        Self {
            out,
            shown,
            twins,
            limits,
            boxes,
            ground: Ground::new(boxes.bleed),
            heavy: false,
            marks: 0,
            images: 0,
            widest: 0.0,
            masks: 0,
            inks: BTreeMap::new(),
            open: Vec::new(),
            cells: BTreeMap::new(),
        }
    }

    /// What only shows at the end of a page; hands out how much ink may stand
    /// on one place where objects overprint, and whether one has too much by
    /// itself.
    pub(super) fn end(self) -> (f64, bool) {
        if self.marks == 0 {
            self.out.add(EMPTY, "是空白页", "it is empty");
        } else if self.images == 1 && self.marks == 1 && self.widest >= WHOLE {
            self.out
                .add(ONE_IMAGE, "整版是一张图", "all of it is one image");
        }
        (self.ground.bound(), self.heavy)
    }

    fn find(&mut self, rule: Rule, edges: Edges, zh: String, en: String) {
        self.out.at(rule, Some(Spot { edges }), zh, en);
    }

    /// Whether what is painted is a part of a glyph.
    fn in_glyph(&self) -> bool {
        self.open.contains(&true)
    }

    /// The most ink of what is painted in a colour, or with cells in place of
    /// one.
    fn most(&self, colour: &Colour, cells: impl IntoIterator<Item = usize>) -> Amount {
        let known = cells.into_iter().filter_map(|cell| self.cells.get(&cell));
        let most = known.copied().reduce(Amount::or);
        most.unwrap_or_else(|| most_of(colour))
    }

    /// What every colour in use is asked; `thin` where the plates may not show
    /// all of its ink.
    fn colour(&mut self, colour: &Colour, edges: Edges, thin: bool) {
        self.space(&colour.space, edges);
        let Some(inks) = colour.inks() else { return };
        // a mask is only as dark, and puts no ink down
        if self.masks > 0 {
            return;
        }
        // patterns are not on the plates either
        let unseen = thin || !self.open.is_empty();
        let certain = unseen && !self.ground.is_faint() && self.ground.is_printed(edges);
        if certain && inks.sum > self.limits.ink + 0.5 {
            self.heavy = true;
            let (sum, most) = (inks.sum.round(), self.limits.ink);
            self.find(
                INK,
                edges,
                format!("总墨量 {sum}%，最多 {most}%"),
                format!("{sum} % of ink, at most {most} %"),
            );
        }
    }

    fn space(&mut self, space: &Space, edges: Edges) {
        if self.is_twin(space) {
            self.find(
                TWIN,
                edges,
                "颜色带的 ICC 就是输出 ICC".into(),
                "it has colours by the output profile itself".into(),
            );
        } else if space.is_screen() {
            let word = space.word();
            self.find(
                SCREEN,
                edges,
                format!("颜色是 {word}"),
                format!("it has colours of {word}"),
            );
        }
        let spots = space.spots().join("、");
        if !spots.is_empty() && self.ground.is_printed(edges) {
            let rule = match self.limits.spots {
                true => SPOT.warned(),
                false => SPOT,
            };
            self.find(
                rule,
                edges,
                format!("有专色 {spots}"),
                format!("it has spot colours: {spots}"),
            );
        }
        if matches!(space, Space::Separation(name) if name == "All") && meet(edges, self.boxes.trim)
        {
            self.find(
                ALL,
                edges,
                "版面上用了套准色".into(),
                "registration colour on the page".into(),
            );
        }
    }

    fn is_twin(&self, space: &Space) -> bool {
        match space {
            Space::Icc(_, profile) => self.twins.contains(profile),
            Space::Indexed(base) => self.is_twin(base),
            _ => false,
        }
    }

    fn gray_over(&mut self, colour: &Colour, over: Over, edges: Edges) {
        if over.overprint && colour.space == Space::Gray {
            self.find(
                GRAY_OVER,
                edges,
                "DeviceGray 叠印".into(),
                "DeviceGray overprints".into(),
            );
        }
    }
}

/// The most ink of a colour.
fn most_of(colour: &Colour) -> Amount {
    let inks = colour.inks();
    inks.map_or_else(
        || Amount::of(most_of_space(&colour.space)),
        |inks| Amount {
            colours: inks.sum - inks.black,
            black: inks.black,
        },
    )
}

/// The most ink that colours of a space may have, in percent; of screens'
/// none, for they are a breach of their own (X17).
fn most_of_space(space: &Space) -> f64 {
    match space {
        space if space.is_screen() => 0.0,
        Space::Gray => 100.0,
        Space::Separation(name) if name != "All" => 100.0,
        Space::Several(names) => names.len() as f64 * 100.0,
        Space::Indexed(base) => most_of_space(base),
        _ => 400.0,
    }
}

/// Whether black overprints as rows G7 and G8 ask: the mode counts for
/// `DeviceCMYK` alone.
fn overprints(over: Over, space: &Space) -> bool {
    over.overprint && (over.mode == 1 || *space != Space::Cmyk)
}

impl<'a> Painter<'a> for Judge<'_, 'a> {
    fn text(&mut self, text: &TextMark<'_, 'a>) {
        let (colour, edges) = (text.colour, text.edges);
        self.marks += usize::from(self.ground.is_printed(edges));
        for (rule, zh, en) in self.shown.judge(text) {
            self.find(rule, edges, zh, en);
        }
        // text is not remembered: nothing is judged by lying on it
        let most = self.most(colour, text.cells.iter().copied());
        let adds = text.over.overprint || !text.cells.is_empty();
        self.ground.reckon(edges, most, adds);
        let [a, b, c, d] = self.boxes.trim;
        let safe = self.limits.safe;
        let inner = [a + safe, b + safe, c - safe, d - safe];
        if meet(edges, self.boxes.trim) && !holds(inner, edges) {
            self.find(
                SAFE,
                edges,
                "文字太靠近成品边".into(),
                "text is too near to the trim".into(),
            );
        }
        if !text.coloured {
            self.letters(text);
        }
    }

    fn path(&mut self, path: &PathMark<'_>) {
        let (colour, edges) = (path.colour, path.edges);
        let white = colour.is_white();
        // a rule is often drawn as a thin area
        let thick = path.stroke.unwrap_or_else(|| {
            let [a, b, c, d] = edges;
            (c - a).min(d - b)
        });
        self.colour(colour, edges, thick < THIN);
        self.gray_over(colour, path.over, edges);
        if white && path.over.overprint {
            self.find(
                WHITE_PATH_OVER,
                edges,
                "白色的图形叠印".into(),
                "a white shape overprints".into(),
            );
        }
        let below = self.ground.is_inked(edges);
        // parts of a glyph are none
        let is_line = !self.in_glyph() && (path.stroke.is_some() || thick < THIN);
        let on_page = self.ground.is_printed(edges);
        if is_line && on_page && (!white || below) {
            self.line(path, thick, below);
        }
        let is_box = path.stroke.is_none() && path.stencil.is_none() && path.cell.is_none();
        let solid = is_box && ground::is_rectangle(path.outline);
        let adds = path.over.overprint || path.cell.is_some();
        let most = match white {
            true => Amount::default(),
            false => self.most(colour, path.cell),
        };
        self.ground.lay(edges, most, adds, solid);
        if !white {
            self.marks += usize::from(on_page);
            self.bleeds(edges);
        }
    }

    fn image(&mut self, image: &ImageMark<'_>) {
        let edges = image.edges;
        if self.ground.is_printed(edges) {
            self.marks += usize::from(image.space.is_some());
            self.images += 1;
            self.widest = self.widest.max(share(edges, self.boxes.trim));
            self.bleeds(edges);
        }
        objects::inline(image.stream.dict(), self.out);
        if let Some(space) = &image.space {
            self.space(space, edges);
            let ink = self.ink_of(image, space);
            let most = ink.unwrap_or_else(|| most_of_space(space));
            let most = Amount::of(most);
            self.ground.lay(edges, most, image.over.overprint, false);
        }
        if self.limits.way == Way::X1a {
            let mask = image.stream.dict().get::<Object<'_>>("SMask");
            if matches!(mask, Some(Object::Stream(_))) {
                self.find(
                    TRANSPARENT,
                    edges,
                    "图片带透明蒙版".into(),
                    "an image has a soft mask".into(),
                );
            }
        }
        self.resolution(image);
    }

    fn font(&mut self, font: &Dict<'a>) {
        fonts::check(font, self.limits.way, self.out);
    }

    fn state(&mut self, state: &Dict<'_>) {
        objects::state(state, self.out);
        self.ground.state(state);
        let blends = ground::blends(state) == Some(true);
        if self.limits.way == Way::X1a && (blends || ground::is_faint(state)) {
            self.out
                .add(TRANSPARENT, "用了透明", "it uses transparency");
        }
    }

    fn group(&mut self, group: &Dict<'_>) {
        let kind = group.get::<Name<'_>>("S");
        if kind.is_none_or(|kind| kind.as_str() != "Transparency") {
            return;
        }
        if self.limits.way == Way::X1a {
            self.out
                .add(TRANSPARENT, "有透明组", "it has a transparency group");
        }
        let space = group.get::<Object<'_>>("CS");
        let space = space.and_then(|space| Space::read(&space, &Dict::empty()));
        if space.as_ref().is_some_and(|space| *space != Space::Cmyk) {
            let word = space.map_or_else(String::new, |space| space.word());
            self.out.add(
                GROUP,
                format!("透明的混合空间是 {word}"),
                format!("transparency blends in {word}"),
            );
        }
    }

    fn shading(&mut self, space: &Space, edges: Edges) {
        self.marks += usize::from(self.ground.is_printed(edges));
        let most = Amount::of(most_of_space(space));
        self.ground.lay(edges, most, false, false);
        self.bleeds(edges);
        self.space(space, edges);
    }

    fn save(&mut self) {
        self.ground.save();
    }

    fn restore(&mut self) {
        self.ground.restore();
    }

    fn clip(&mut self, outline: &Outline, _rule: outline::Rule) {
        self.ground.clip(outline);
    }

    fn mask(&mut self, begins: bool) -> bool {
        // what it is drawn with is judged, its ink is not
        if begins {
            self.masks += 1;
            self.ground.open();
        } else {
            self.masks = self.masks.saturating_sub(1);
            self.ground.close();
        }
        true
    }

    fn opens(&self) -> bool {
        true
    }

    fn open(&mut self, glyph: bool) {
        self.open.push(glyph);
        self.ground.open();
    }

    fn close(&mut self, cell: usize) {
        if self.open.pop().is_some() {
            let ink = self.ground.close();
            self.cells.insert(cell, ink);
        }
    }
}

/// The share of a box that another one covers.
fn share(of: Edges, whole: Edges) -> f64 {
    let side = |low: usize| {
        let shared = of[low + 2].min(whole[low + 2]) - of[low].max(whole[low]);
        shared.max(0.0) / (whole[low + 2] - whole[low]).max(1.0)
    };
    side(0) * side(1)
}

impl Judge<'_, '_> {
    /// The most ink of an image, in percent; one that is placed again is not
    /// decoded again.
    fn ink_of(&mut self, image: &ImageMark<'_>, space: &Space) -> Option<f64> {
        let most = || image_ink::most(image, space, self.limits.ink);
        let key = key_of(image.stream.dict());
        *self.inks.entry(key).or_insert_with(most)
    }

    /// N9: an area that reaches the trim has to go on beyond it.
    fn bleeds(&mut self, edges: Edges) {
        let Some(bleed) = self.limits.bleed.filter(|_| self.open.is_empty()) else {
            return;
        };
        let trim = self.boxes.trim;
        if !meet(edges, trim) {
            return;
        }
        // how far beyond each side of the trim it goes
        let beyond = [
            trim[0] - edges[0],
            trim[1] - edges[1],
            edges[2] - trim[2],
            edges[3] - trim[3],
        ];
        let short = |by: f64| (-NEAR..bleed - NEAR).contains(&by);
        if beyond.into_iter().any(short) {
            self.find(
                NO_BLEED,
                edges,
                "到边的内容没有出血".into(),
                "what reaches the trim has no bleed".into(),
            );
        }
    }

    /// Letters that have the colour of the text.
    fn letters(&mut self, text: &TextMark<'_, '_>) {
        let (colour, edges, size) = (text.colour, text.edges, text.size);
        self.colour(colour, edges, size < SMALL);
        self.gray_over(colour, text.over, edges);
        let (white, black) = (colour.is_white(), colour.is_black());
        let small = |most: f64| size < most - 0.01;
        if white && text.over.overprint {
            self.find(
                WHITE_TEXT_OVER,
                edges,
                "白字叠印".into(),
                "white text overprints".into(),
            );
        }
        let below = self.ground.is_inked(edges);
        if black && small(12.0) && below {
            if colour.space == Space::Gray {
                self.find(
                    GRAY_SMALL,
                    edges,
                    format!("{size:.1} 点的字是 DeviceGray"),
                    format!("text of {size:.1} pt is DeviceGray"),
                );
            } else if !overprints(text.over, &colour.space) {
                self.find(
                    BLACK_TEXT,
                    edges,
                    format!("{size:.1} 点的黑字把底挖空了"),
                    format!("black text of {size:.1} pt knocks out"),
                );
            }
        }
        if let Some(inks) = colour.inks() {
            if inks.black >= 85.0 && inks.sum > 220.0 {
                let sum = inks.sum.round();
                self.find(
                    RICH,
                    edges,
                    format!("黑字用了 {sum}% 的墨"),
                    format!("black text of {sum} % ink"),
                );
            }
            if inks.count >= 2 && small(10.0) {
                let count = inks.count;
                self.find(
                    INKS_SMALL,
                    edges,
                    format!("{size:.1} 点的字用了 {count} 色"),
                    format!("text of {size:.1} pt in {count} inks"),
                );
            }
        }
        if white && below && small(10.0) {
            self.find(
                WHITE_SMALL,
                edges,
                format!("{size:.1} 点的反白字"),
                format!("reversed text of {size:.1} pt"),
            );
        }
    }

    fn line(&mut self, path: &PathMark<'_>, thick: f64, below: bool) {
        let (colour, edges) = (path.colour, path.edges);
        if colour.is_black() && thick < 1.99 && below {
            if colour.space == Space::Gray {
                self.find(
                    GRAY_SMALL,
                    edges,
                    format!("{thick:.2} 点的线是 DeviceGray"),
                    format!("a line of {thick:.2} pt is DeviceGray"),
                );
            } else if !overprints(path.over, &colour.space) {
                self.find(
                    BLACK_LINE,
                    edges,
                    format!("{thick:.2} 点的黑线把底挖空了"),
                    format!("a black line of {thick:.2} pt knocks out"),
                );
            }
        }
        if thick < self.limits.stroke - 0.005 {
            self.find(
                LINE,
                edges,
                format!("线粗 {thick:.2} 点"),
                format!("a line of {thick:.2} pt"),
            );
        }
    }

    fn resolution(&mut self, image: &ImageMark<'_>) {
        let Some(ppi) = image.ppi(self.boxes.trim) else {
            return;
        };
        let bitmap = image.bits == 1;
        let ((least, fair), rule) = match bitmap {
            true => (self.limits.bitmap_ppi, BITMAP_PPI),
            false => (self.limits.ppi, PPI),
        };
        let rule = match ppi {
            ppi if ppi <= least => rule,
            ppi if ppi <= fair => rule.warned(),
            _ => return,
        };
        let ppi = ppi.round();
        self.find(
            rule,
            image.edges,
            format!("图片 {ppi}ppi"),
            format!("an image of {ppi} ppi"),
        );
    }
}
