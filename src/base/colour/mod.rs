//! 颜色: ICC profiles, and from screen colours to inks.
//!
//! A [`PressProfile`] describes paper, inks and press. Photographs come as RGB
//! or grey with a profile of their own, or as sRGB where they name none; they
//! are converted once, media-relative with black-point compensation (C10), and
//! no pixel gets more ink than the limit (C11). Grey pictures become black ink
//! alone: three more plates would add nothing but misregister.
//!
//! Black text and rules are K by name and never come here.

mod exact;
mod icc;
mod ink;
mod pcs;
mod pipeline;
mod screen;
mod table;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::base::bytes::Bytes;
use crate::base::diag::Text;
use crate::base::digest::digest;

pub use ink::InkLimit;
pub use screen::ScreenTable;
pub use table::RgbTable;

use icc::{FromPcs, Profile, Space, ToPcs};
use pcs::{BlackPoint, lab_of};
use pipeline::Channels;

/// The profile that comes with the program (C8): coldset offset on newsprint,
/// at most 220 % ink. See `newsprint/README.md`.
const NEWSPRINT: &[u8] = include_bytes!("newsprint/newsprint.icc");

/// Converters that are kept for one press profile: an issue's photographs come
/// from a few cameras.
const KEPT: usize = 16;

/// Profiles that are kept for issues to come.
const SHARED: usize = 4;

/// The distance in `L*a*b*` up to which a separation is corrected whole.
const NEAR: f64 = 5.0;
/// The distance from which on a separation is not corrected.
const FAR: f64 = 10.0;

/// A profile that pages cannot be printed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    /// No ICC profile, or a damaged one.
    NotAProfile,
    /// For a screen, a camera or a scanner, not for a press (X14: class `prtr`).
    NotAPrinter,
    /// Its inks are not C, M, Y and K (X14, G25).
    NotCmyk,
    /// It cannot tell the inks of a colour, or the colour of inks (X14: B2A).
    OneWay,
}

impl ProfileFault {
    /// The fault in both languages.
    pub fn text(self) -> Text {
        match self {
            Self::NotAProfile => Text::new("不是完整的 ICC 特性文件", "no whole ICC profile"),
            Self::NotAPrinter => Text::new(
                "是屏幕、相机或扫描仪的特性文件，不是印刷的（类别要是 prtr）",
                "the profile of a screen, camera or scanner, not of a press (class `prtr`)",
            ),
            Self::NotCmyk => Text::new("颜色空间不是 CMYK", "its colour space is not CMYK"),
            Self::OneWay => Text::new(
                "缺少转换表（A2B 或 B2A），不能用来分色",
                "it lacks a conversion table (A2B or B2A) and cannot separate colours",
            ),
        }
    }
}

/// A profile of a picture that its pixels are not read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFault {
    /// No ICC profile, or a damaged one.
    Unreadable,
    /// Of another colour space than the pixels: which.
    OtherSpace(&'static str),
    /// It does not say what the device's numbers look like.
    OneWay,
}

impl SourceFault {
    /// What is wrong with `embedded` as the profile of pixels of so many
    /// components, 1 grey or 3 RGB; `None` where they are read by it.
    pub fn of(embedded: &[u8], components: u8) -> Option<Self> {
        let wanted = match components {
            1 => Space::Grey,
            _ => Space::Rgb,
        };
        let Some(profile) = icc::read(embedded) else {
            return Some(Self::Unreadable);
        };
        match profile.space {
            space if space == wanted => profile.to_pcs.is_none().then_some(Self::OneWay),
            Space::Grey => Some(Self::OtherSpace("Gray")),
            Space::Rgb => Some(Self::OtherSpace("RGB")),
            Space::Cmyk => Some(Self::OtherSpace("CMYK")),
            Space::Other => Some(Self::OtherSpace("Lab/XYZ")),
        }
    }

    /// The fault in both languages.
    pub fn text(self) -> Text {
        match self {
            Self::Unreadable => Text::new("读不出来", "cannot be read"),
            Self::OtherSpace(space) => Text::new(
                format!("是 {space} 的，不合它的颜色"),
                format!("is of {space}, and its pixels are not"),
            ),
            Self::OneWay => Text::new("没有转换表", "has no table to convert by"),
        }
    }
}

/// Paper, inks and press, by an ICC profile; and what converts pictures to it.
#[derive(Debug)]
pub struct PressProfile {
    bytes: Bytes,
    description: String,
    version: u8,
    to_pcs: ToPcs,
    from_pcs: FromPcs,
    /// XYZ of the bare paper under D50, beside a perfect white (`wtpt`).
    paper: [f64; 3],
    /// Lightness of the darkest neutral that the profile's inks print.
    darkest: f64,
    limit: InkLimit,
    id: [u8; 16],
    kept: Mutex<Vec<(Source, Converter)>>,
}

/// What pixels are in: grey or RGB, and the digest of the profile, or sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Source {
    space: Space,
    profile: Option<[u8; 16]>,
}

/// What tells a profile with its limit from others.
fn id_of(bytes: &[u8], limit: InkLimit) -> [u8; 16] {
    let percent = limit.as_percent().to_be_bytes();
    digest(&[&digest(bytes)[..], &percent].concat())
}

/// A converter, shared.
#[derive(Clone, Debug)]
enum Converter {
    Rgb(Arc<RgbTable>),
    Grey(Arc<GreyCurve>),
}

/// Grey to black ink: 256 values.
#[derive(Debug, PartialEq, Eq)]
pub struct GreyCurve([u8; 256]);

impl GreyCurve {
    /// Black ink of a grey, 0 for none and 255 for full.
    pub fn ink(&self, grey: u8) -> u8 {
        self.0[usize::from(grey)]
    }
}

impl PressProfile {
    /// The profile that comes with the program, with its ink limit (C8, N4).
    pub fn newsprint() -> Arc<Self> {
        static SHARED: OnceLock<Arc<PressProfile>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| {
            let read = Self::read(Bytes::of(NEWSPRINT), InkLimit::NEWSPRINT);
            Arc::new(read.expect("the profile in the program is whole: a test reads it"))
        });
        Arc::clone(shared)
    }

    /// Reads a profile, or hands out one of the last that were read: the issues
    /// of a batch share what converts their pictures.
    ///
    /// # Errors
    ///
    /// As [`PressProfile::read`].
    pub fn shared(bytes: Bytes, limit: InkLimit) -> Result<Arc<Self>, ProfileFault> {
        static LAST: Mutex<Vec<Arc<PressProfile>>> = Mutex::new(Vec::new());
        let id = id_of(bytes.as_ref(), limit);
        let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last().iter().find(|known| known.id == id) {
            return Ok(Arc::clone(known));
        }
        let press = Arc::new(Self::read(bytes, limit)?);
        let mut last = last();
        if last.len() == SHARED {
            last.remove(0);
        }
        last.push(Arc::clone(&press));
        Ok(press)
    }

    /// Reads a profile.
    ///
    /// # Errors
    ///
    /// Why pages cannot be printed by it (X14).
    pub fn read(bytes: Bytes, limit: InkLimit) -> Result<Self, ProfileFault> {
        let profile = icc::read(bytes.as_ref()).ok_or(ProfileFault::NotAProfile)?;
        let Profile {
            space,
            printer,
            version,
            description,
            paper,
            to_pcs,
            from_pcs,
        } = profile;
        if space != Space::Cmyk {
            return Err(ProfileFault::NotCmyk);
        }
        if !printer {
            return Err(ProfileFault::NotAPrinter);
        }
        let to_pcs = to_pcs.ok_or(ProfileFault::OneWay)?;
        let from_pcs = from_pcs.ok_or(ProfileFault::OneWay)?;
        let id = id_of(bytes.as_ref(), limit);
        let mut press = Self {
            id,
            bytes,
            description,
            version,
            to_pcs,
            from_pcs,
            paper,
            darkest: 0.0,
            limit,
            kept: Mutex::new(Vec::new()),
        };
        // The inks for the blackest black may have a cast; what they leave of
        // it as a neutral is the darkest that a grey can be.
        let blackest = lightness(&press.to_pcs, press.from_pcs.device([0.0; 3]));
        press.darkest = lightness(&press.to_pcs, press.separate([blackest, 0.0, 0.0]));
        Ok(press)
    }

    /// What tells it from other profiles and limits: pictures separated for
    /// profiles of one id are the same.
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// The file, for the output intent (X12).
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// What the profile calls itself; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// First number of the version of its format: 2 or 4 (X14).
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The most ink on one place.
    pub fn limit(&self) -> InkLimit {
        self.limit
    }

    /// What converts RGB pixels of a picture with the profile `embedded`. A
    /// profile that is missing, damaged or not of RGB counts as sRGB.
    pub fn rgb(&self, embedded: Option<&[u8]>) -> Arc<RgbTable> {
        let (source, to_pcs) = source(Space::Rgb, embedded, ToPcs::srgb);
        match self.kept(source, || Converter::Rgb(Arc::new(self.table(&to_pcs)))) {
            Converter::Rgb(table) => table,
            // a source of RGB keeps a table: its space is a part of it
            Converter::Grey(_) => Arc::new(self.table(&to_pcs)),
        }
    }

    fn table(&self, to_pcs: &ToPcs) -> RgbTable {
        let black = BlackPoint::new(lightness(to_pcs, [0.0; 4]), self.darkest);
        RgbTable::build(self.limit, |[r, g, b]| {
            self.separate(lab_of(black.map(to_pcs.xyz([r, g, b, 0.0]))))
        })
    }

    /// What converts grey pixels of a picture with the profile `embedded` to
    /// black ink: for each grey the tint of black that is as light on this
    /// paper, from bare paper to full black. A profile that is missing,
    /// damaged or not of grey counts as the grey of sRGB.
    pub fn grey(&self, embedded: Option<&[u8]>) -> Arc<GreyCurve> {
        let (source, to_pcs) = source(Space::Grey, embedded, ToPcs::srgb_grey);
        match self.kept(source, || Converter::Grey(Arc::new(self.curve(&to_pcs)))) {
            Converter::Grey(curve) => curve,
            Converter::Rgb(_) => Arc::new(self.curve(&to_pcs)),
        }
    }

    fn curve(&self, to_pcs: &ToPcs) -> GreyCurve {
        let tint = |ink: u16| [0.0, 0.0, 0.0, f64::from(ink) / 255.0];
        let printed: Vec<f64> = (0..256).map(|ink| self.to_pcs.xyz(tint(ink))[1]).collect();
        let full = lightness(&self.to_pcs, tint(255));
        let black = BlackPoint::new(lightness(to_pcs, [0.0; 4]), full);
        let mut curve = [0; 256];
        for (grey, ink) in (0_u16..).zip(&mut curve) {
            let wanted = black.map(to_pcs.xyz([f64::from(grey) / 255.0; 4]))[1];
            let off = |n: &u8| (printed[usize::from(*n)] - wanted).abs();
            let best = (0..=255).min_by(|a, b| off(a).total_cmp(&off(b)));
            *ink = best.unwrap_or(0);
        }
        GreyCurve(curve)
    }

    /// What its inks look like on a screen, on its own paper: newsprint is
    /// shown grey and yellowish, its black as dark as it prints (absolute
    /// colorimetric). Made anew each time: some 80,000 colours.
    pub fn screen(&self) -> ScreenTable {
        ScreenTable::build(self.paper, |inks| self.to_pcs.xyz(inks))
    }

    /// The inks of an `L*a*b*`.
    ///
    /// The way back through a profile is a coarse grid, and some three units
    /// of `L*` off where it meets the darkest colours. The way forward is
    /// exact, so that what was missed is asked for on top, twice. A colour
    /// that no ink reaches is left as the profile gives it: the correction
    /// fades from [`NEAR`] on and ends at [`FAR`].
    fn separate(&self, lab: [f64; 3]) -> Channels {
        let mut asked = lab;
        let mut inks = self.from_pcs.device(asked);
        for _ in 0..2 {
            let got = lab_of(self.to_pcs.xyz(inks));
            let off = [0, 1, 2].map(|n| lab[n] - got[n]);
            let distance = off.iter().map(|x| x * x).sum::<f64>().sqrt();
            let weight = ((FAR - distance) / (FAR - NEAR)).clamp(0.0, 1.0);
            asked = [0, 1, 2].map(|n| asked[n] + off[n] * weight);
            inks = self.from_pcs.device(asked);
        }
        inks
    }

    /// The converter of `source`, made where it is not there yet. One is made
    /// at a time: photographs of one camera wait for their table and do not
    /// each build it. The oldest gives way where there are many.
    fn kept(&self, source: Source, make: impl FnOnce() -> Converter) -> Converter {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, converter)) = kept.iter().find(|(known, _)| *known == source) {
            return converter.clone();
        }
        let converter = make();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((source, converter.clone()));
        converter
    }
}

/// The profile of pixels: the embedded one where it is of `space`, or else
/// the usual one.
fn source(space: Space, embedded: Option<&[u8]>, usual: fn() -> ToPcs) -> (Source, ToPcs) {
    let read = embedded.and_then(|bytes| {
        let profile = icc::read(bytes).filter(|profile| profile.space == space)?;
        Some((digest(bytes), profile.to_pcs?))
    });
    match read {
        Some((profile, to_pcs)) => {
            let profile = Some(profile);
            (Source { space, profile }, to_pcs)
        }
        None => {
            let profile = None;
            (Source { space, profile }, usual())
        }
    }
}

/// Lightness of a device colour, for a black point: 0 to 70. Black on newsprint
/// is as light as 47, seen beside its paper; lighter than 70 is no black.
fn lightness(to_pcs: &ToPcs, device: Channels) -> f64 {
    lab_of(to_pcs.xyz(device))[0].clamp(0.0, 70.0)
}

#[cfg(test)]
mod tests;
