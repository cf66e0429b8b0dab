//! What shaping remembers: per face, the shaper's tables and plans and the
//! glyphs of single characters. The one door to `rustybuzz`.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{
    BufferClusterLevel, BufferFlags, Direction, Feature, GlyphBuffer, Language, Script, ShapePlan,
    UnicodeBuffer, script, shape_with_plan,
};
use self_cell::self_cell;

use super::mark::Mark;
use crate::base::clreq::Region;
use crate::base::font::{Face, FaceId, FontBook, GlyphBounds};
use crate::compose::script::is_han;

/// Faces in one chunk of the cache.
const CHUNK: usize = 64;
/// Slots for single characters: a page of Chinese uses some 1,300.
const SINGLES: usize = 4096;
/// Slots for ink edges: punctuation and Western letters.
const INKS: usize = 512;

/// Shapers and plans per face, filled as they are needed and shared by all
/// threads. One cache belongs to one [`FontBook`].
#[derive(Default)]
pub struct ShapeCache {
    chunks: OnceLock<Box<[OnceLock<Chunk>]>>,
}

type Chunk = Box<[OnceLock<Box<Shaper>>]>;

impl ShapeCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The shaper of a face; `None` for an id the book does not hold.
    pub(super) fn shaper<'a>(&'a self, book: &FontBook, id: FaceId) -> Option<&'a Shaper> {
        let face = book.get(id)?;
        let at = usize::from(id.0);
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect::<Box<[_]>>();
        let chunks = self
            .chunks
            .get_or_init(|| empty_chunks((usize::from(u16::MAX) + 1) / CHUNK));
        let slots = chunks[at / CHUNK].get_or_init(|| empty(CHUNK));
        Some(slots[at % CHUNK].get_or_init(|| Box::new(Shaper::new(face.clone()))))
    }
}

fn empty_chunks(count: usize) -> Box<[OnceLock<Chunk>]> {
    (0..count).map(|_| OnceLock::new()).collect()
}

impl std::fmt::Debug for ShapeCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShapeCache").finish_non_exhaustive()
    }
}

/// How a stretch of text is shaped: script, language and features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Hani, zh-Hans; no squeezing or kerning of the font's own (T03, T38).
    Han,
    /// The same, zh-Hant: Taiwan's forms (T02).
    HanTw,
    /// The same, zh-Hant-HK.
    HanHk,
    /// As [`Manner::Han`] with half-width figures (T31).
    HalfWidth,
    /// Latn, en; kerned, no ligatures, so that a letter stays a cluster.
    Latin,
    /// Grek, el.
    Greek,
    /// Cyrl, ru.
    Cyrillic,
    /// Any other script, left to right.
    Other,
}

impl Manner {
    const COUNT: usize = 8;

    /// The manner of Chinese text of a region (T02).
    pub(super) fn han(region: Region) -> Self {
        match region {
            Region::Cn => Self::Han,
            Region::Tw => Self::HanTw,
            Region::Hk => Self::HanHk,
        }
    }

    /// The manner of a character of the Western list.
    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Self::Greek),
            '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69F}' => {
                Some(Self::Cyrillic)
            }
            _ if c.is_ascii_alphabetic() => Some(Self::Latin),
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(Self::Latin),
            '\u{590}'..='\u{1DFF}' if c.is_alphabetic() => Some(Self::Other),
            // Figures, marks and the rest take the manner of their word.
            _ => None,
        }
    }

    fn script(self) -> Script {
        match self {
            Self::Han | Self::HanTw | Self::HanHk | Self::HalfWidth => script::HAN,
            Self::Latin => script::LATIN,
            Self::Greek => script::GREEK,
            Self::Cyrillic => script::CYRILLIC,
            Self::Other => script::COMMON,
        }
    }

    fn language(self) -> Option<Language> {
        let tag = match self {
            Self::Han | Self::HalfWidth => "zh-hans",
            Self::HanTw => "zh-hant",
            Self::HanHk => "zh-hant-hk",
            Self::Latin => "en",
            Self::Greek => "el",
            Self::Cyrillic => "ru",
            Self::Other => return None,
        };
        tag.parse().ok()
    }

    fn features(self) -> Vec<Feature> {
        let set = |tags: &[&[u8; 4]], value| -> Vec<Feature> {
            tags.iter()
                .map(|tag| Feature::new(Tag::from_bytes(tag), value, ..))
                .collect()
        };
        let mut features = match self {
            // T38: the squeeze is ours alone; a second cut by the font would
            // be counted twice.
            Self::Han | Self::HanTw | Self::HanHk | Self::HalfWidth => {
                set(&[b"kern", b"palt", b"halt", b"chws", b"liga", b"clig"], 0)
            }
            _ => set(&[b"liga", b"clig", b"dlig", b"calt"], 0),
        };
        if self == Self::HalfWidth {
            features.extend(set(&[b"hwid"], 1));
        }
        features
    }
}

/// The tables that shaping reads, made on the first use: a face of Han
/// characters alone is set without them.
type Lazy<'a> = OnceLock<rustybuzz::Face<'a>>;

self_cell!(
    struct Tables {
        owner: Face,
        #[not_covariant]
        dependent: Lazy,
    }
);

/// One face with what was learned about it.
pub(super) struct Shaper {
    tables: Tables,
    /// Plans of each manner along lines and down them.
    plans: [[OnceLock<ShapePlan>; Manner::COUNT]; 2],
    singles: Box<[AtomicU64]>,
    inks: Box<[AtomicU64]>,
    figures: OnceLock<Option<[u16; 10]>>,
    centre: OnceLock<i32>,
    /// The units of two em and half an em, by region and
    /// [`super::which::Unit`].
    pub(super) marks: [[OnceLock<Option<Mark>>; 5]; 3],
}

impl Shaper {
    fn new(face: Face) -> Self {
        let zeros = |count| (0..count).map(|_| AtomicU64::new(0)).collect::<Box<[_]>>();
        Self {
            tables: Tables::new(face, |_| OnceLock::new()),
            plans: Default::default(),
            singles: zeros(SINGLES),
            inks: zeros(INKS),
            figures: OnceLock::new(),
            centre: OnceLock::new(),
            marks: Default::default(),
        }
    }

    /// The face.
    pub(super) fn face(&self) -> &Face {
        self.tables.borrow_owner()
    }

    /// Font units in an em.
    pub(super) fn em(&self) -> i32 {
        i32::from(self.face().units_per_em())
    }

    /// Shapes a stretch of text of one manner, left to right. Clusters are
    /// byte offsets. `buffer` is emptied and used again.
    pub(super) fn shape(&self, manner: Manner, text: &str, buffer: UnicodeBuffer) -> GlyphBuffer {
        self.shape_along(Direction::LeftToRight, manner, text, buffer)
    }

    fn shape_along(
        &self,
        direction: Direction,
        manner: Manner,
        text: &str,
        buffer: UnicodeBuffer,
    ) -> GlyphBuffer {
        let mut buffer = buffer;
        buffer.push_str(text);
        buffer.set_direction(direction);
        buffer.set_script(manner.script());
        buffer.set_cluster_level(BufferClusterLevel::MonotoneGraphemes);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.tables.with_dependent(|face, lazy| {
            let face = lazy.get_or_init(|| rustybuzz::Face::from_face(face.parsed().clone()));
            let down = usize::from(direction == Direction::TopToBottom);
            let plan = self.plans[down][manner as usize].get_or_init(|| {
                ShapePlan::new(
                    face,
                    direction,
                    Some(manner.script()),
                    manner.language().as_ref(),
                    &manner.features(),
                )
            });
            shape_with_plan(face, plan, buffer)
        })
    }

    /// Glyph and advance, in font units, of a character of the Chinese list
    /// that stands alone. `None` where the face does not hold it.
    ///
    /// A Han character of the mainland needs no shaping: no default feature
    /// touches one, so the cmap and the advance table say all (tested against
    /// the shaper for every Han glyph of the bundled faces). Marks are shaped
    /// once, since `locl` picks their Chinese forms (T03), and so is all text
    /// of other regions (T02).
    pub(super) fn single(&self, c: char, region: Region) -> Option<(u16, u16)> {
        self.kept(c, region, Direction::LeftToRight)
    }

    /// Glyph of a mark that stands in a vertical line, by the face's vertical
    /// forms, and its horizontal advance (V02–V04).
    pub(super) fn down(&self, c: char, region: Region) -> Option<(u16, u16)> {
        self.kept(c, region, Direction::TopToBottom)
    }

    fn kept(&self, c: char, region: Region, direction: Direction) -> Option<(u16, u16)> {
        let down = u64::from(direction == Direction::TopToBottom);
        let code = (u64::from(u32::from(c)) + 1) | (region as u64) << 24 | down << 26;
        let slot = &self.singles[c as usize % SINGLES];
        let held = slot.load(Ordering::Relaxed);
        let (glyph, advance) = if held >> 32 == code {
            (held as u16, (held >> 16) as u16)
        } else {
            let found = self.find_single(c, region, direction).unwrap_or((0, 0));
            let entry = code << 32 | u64::from(found.1) << 16 | u64::from(found.0);
            slot.store(entry, Ordering::Relaxed);
            found
        };
        (glyph != 0).then_some((glyph, advance))
    }

    fn find_single(&self, c: char, region: Region, direction: Direction) -> Option<(u16, u16)> {
        let plain = self.face().glyph(c)?;
        if is_han(c) && region == Region::Cn {
            return Some((plain, self.face().advance_units(plain)));
        }
        let mut bytes = [0; 4];
        let manner = Manner::han(region);
        let text = c.encode_utf8(&mut bytes);
        let shaped = self.shape_along(direction, manner, text, UnicodeBuffer::new());
        match (shaped.glyph_infos(), shaped.glyph_positions()) {
            ([info], [at]) if info.glyph_id != 0 => {
                let glyph = u16::try_from(info.glyph_id).ok()?;
                let advance = match direction {
                    Direction::TopToBottom => self.face().advance_units(glyph),
                    _ => u16::try_from(at.x_advance).ok()?,
                };
                Some((glyph, advance))
            }
            // A font that splits a mark into several glyphs: its plain one.
            _ => Some((plain, self.face().advance_units(plain))),
        }
    }

    /// Left and right edge of a glyph's ink in font units; `None` for a blank.
    pub(super) fn ink(&self, glyph: u16) -> Option<(i32, i32)> {
        const BLANK: u64 = 1 << 49;
        let code = u64::from(glyph) + 1;
        let slot = &self.inks[usize::from(glyph) % INKS];
        let mut held = slot.load(Ordering::Relaxed);
        if held & 0x1_FFFF != code {
            held = code
                | match self.face().bounds(glyph) {
                    Some(box_) => {
                        u64::from(box_.x_min as u16) << 17 | u64::from(box_.x_max as u16) << 33
                    }
                    None => BLANK,
                };
            slot.store(held, Ordering::Relaxed);
        }
        (held & BLANK == 0).then_some((
            i32::from((held >> 17) as u16 as i16),
            i32::from((held >> 33) as u16 as i16),
        ))
    }

    /// The glyphs of the figures 0–9 if the face can set each exactly half
    /// an em wide (T31): its own, or those of feature `hwid`.
    pub(super) fn half_em_figures(&self) -> Option<&[u16; 10]> {
        self.figures.get_or_init(|| self.find_figures()).as_ref()
    }

    fn find_figures(&self) -> Option<[u16; 10]> {
        let half = |glyph: u16| i32::from(self.face().advance_units(glyph)) * 2 == self.em();
        let mut plain = [0; 10];
        for (glyph, c) in plain.iter_mut().zip('0'..='9') {
            *glyph = self.face().glyph(c)?;
        }
        if plain.iter().all(|&glyph| half(glyph)) {
            return Some(plain);
        }
        let shaped = self.shape(Manner::HalfWidth, "0123456789", UnicodeBuffer::new());
        let infos = shaped.glyph_infos();
        let mut figures = [0; 10];
        if infos.len() != figures.len() {
            return None;
        }
        for (figure, info) in figures.iter_mut().zip(infos) {
            *figure = u16::try_from(info.glyph_id)
                .ok()
                .filter(|&glyph| half(glyph))?;
        }
        Some(figures)
    }

    /// Height of the centre of the face's character frame above the baseline,
    /// in font units: the middle of its full-width bracket, which every
    /// Chinese face draws over the whole frame; 0.38 em for a face without.
    pub(super) fn centre(&self) -> i32 {
        *self.centre.get_or_init(|| {
            self.single('（', Region::Cn)
                .and_then(|(glyph, _)| self.face().bounds(glyph))
                .map_or(self.em() * 38 / 100, |b| {
                    (i32::from(b.y_min) + i32::from(b.y_max)) / 2
                })
        })
    }

    /// Whether the face has the centred stops of Taiwan and Hong Kong (T07).
    pub(super) fn centres_stops(&self, region: Region) -> bool {
        let stop = self.single('，', region);
        let bounds = stop.and_then(|(glyph, _)| self.face().bounds(glyph));
        bounds.is_none_or(|bounds| centred(&bounds, self.em(), self.centre()))
    }

    /// How far Chinese glyphs of this face are raised, in font units, so that
    /// the frames of all faces stand level: the page counts on the em box
    /// from −0.12 to 0.88 em, and a face drawn in −0.2 to 0.8 em would hang
    /// below its neighbours. Differences a reader cannot see stay.
    pub(super) fn raise(&self) -> i32 {
        let off = self.em() * 38 / 100 - self.centre();
        if off.abs() * 100 > self.em() * 3 {
            off
        } else {
            0
        }
    }
}

/// Whether ink stands in the middle of a frame that is an em wide and whose
/// centre has this height, within a fifth of an em: a stop in a corner does not.
fn centred(ink: &GlyphBounds, em: i32, centre: i32) -> bool {
    let middle = (i32::from(ink.x_min) + i32::from(ink.x_max)) / 2;
    let height = (i32::from(ink.y_min) + i32::from(ink.y_max)) / 2;
    let near = |off: i32| off.abs() * 5 <= em;
    near(middle - em / 2) && near(height - centre)
}

#[cfg(test)]
mod tests {
    use super::{GlyphBounds, Manner, centred};

    #[test]
    fn t07_a_centred_stop_is_told_from_one_in_a_corner() {
        let stop = |x: i16, y: i16| {
            let ink = GlyphBounds {
                x_min: x - 60,
                y_min: y - 90,
                x_max: x + 60,
                y_max: y + 90,
            };
            centred(&ink, 1000, 380)
        };
        assert!(stop(500, 380));
        // a fifth of an em off is near enough, no more, and on any side
        assert!(stop(700, 380) && stop(300, 380) && stop(500, 580) && stop(500, 180));
        assert!(!stop(701, 380) && !stop(299, 380) && !stop(500, 581) && !stop(500, 179));
        assert!(!stop(200, 40), "the mainland's comma");
    }

    #[test]
    fn t06_each_script_has_a_manner_of_its_own() {
        let all = |from: char, to: char, manner| {
            for c in [from, to] {
                assert_eq!(Manner::of(c), manner, "{c:?}");
            }
        };
        all('a', 'Z', Some(Manner::Latin));
        all('\u{C0}', '\u{24F}', Some(Manner::Latin));
        all('\u{1E00}', '\u{1EFF}', Some(Manner::Latin));
        all('\u{370}', '\u{3FF}', Some(Manner::Greek));
        all('\u{1F00}', '\u{1FFF}', Some(Manner::Greek));
        all('\u{400}', '\u{52F}', Some(Manner::Cyrillic));
        all('\u{1C80}', '\u{1C8F}', Some(Manner::Cyrillic));
        all('\u{A640}', '\u{A69F}', Some(Manner::Cyrillic));
        all('\u{5D0}', '\u{E01}', Some(Manner::Other));
        // figures, marks and all else take the manner of their word
        all('0', '-', None);
        all('\u{660}', '\u{20AC}', None);
    }

    #[test]
    fn t02_each_manner_has_its_script_and_language() {
        let all = [
            (Manner::Han, *b"Hani", Some("zh-hans")),
            (Manner::HalfWidth, *b"Hani", Some("zh-hans")),
            (Manner::HanTw, *b"Hani", Some("zh-hant")),
            (Manner::HanHk, *b"Hani", Some("zh-hant-hk")),
            (Manner::Latin, *b"Latn", Some("en")),
            (Manner::Greek, *b"Grek", Some("el")),
            (Manner::Cyrillic, *b"Cyrl", Some("ru")),
            (Manner::Other, *b"Zyyy", None),
        ];
        for (manner, script, language) in all {
            assert_eq!(manner.script().tag().to_bytes(), script, "{manner:?}");
            let spoken = manner.language();
            assert_eq!(spoken.as_ref().map(|tongue| tongue.as_str()), language);
        }
    }

    #[test]
    fn t38_the_faces_own_squeeze_is_off() {
        let off = |manner: Manner| {
            let features = manner.features();
            let mut tags: Vec<String> = features
                .iter()
                .map(|feature| format!("{}={}", feature.tag, feature.value))
                .collect();
            tags.sort();
            tags.join(" ")
        };
        let han = "chws=0 clig=0 halt=0 kern=0 liga=0 palt=0";
        assert_eq!(off(Manner::Han), han);
        assert_eq!(off(Manner::HanTw), han);
        assert_eq!(
            off(Manner::HalfWidth),
            "chws=0 clig=0 halt=0 hwid=1 kern=0 liga=0 palt=0"
        );
        assert_eq!(off(Manner::Latin), "calt=0 clig=0 dlig=0 liga=0");
    }
}
