//! ICC profiles, read: the door to `moxcms`.
//!
//! `moxcms` takes the file apart and checks its tables; what they do with a
//! colour is evaluated in [`super::pipeline`]. Its own transforms choose
//! between instruction sets while they run and differ in the last bit, and it
//! knows no black-point compensation (C10).

use moxcms::{
    ColorProfile, DataColorSpace, LutDataType, LutMultidimensionalType, LutStore, LutType,
    LutWarehouse, ProfileClass, ProfileText, ToneReprCurve,
};

use super::pcs::{WHITE, xyz_of};
use super::pipeline::{Channels, Curve, Grid, Pipeline, Step};

/// How a profile writes colours of the connection space as numbers of 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    /// Lab in the 16-bit tables of version 2 (ICC.1:2010, 10.10).
    LabOld,
    /// Lab in all other tables.
    Lab,
    /// XYZ.
    Xyz,
}

impl Coding {
    fn encode(self, lab: [f64; 3]) -> [f64; 3] {
        let [l, a, b] = lab;
        match self {
            Self::LabOld => [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0]
                .map(|x| x * 65_280.0 / 65_535.0),
            Self::Lab => [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0],
            Self::Xyz => xyz_of(lab).map(|x| x * 32_768.0 / 65_535.0),
        }
    }

    fn decode(self, [x, y, z, _]: Channels) -> [f64; 3] {
        let coded = [x, y, z];
        let lab = |[l, a, b]: [f64; 3]| xyz_of([l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0]);
        match self {
            Self::LabOld => lab(coded.map(|x| x * 65_535.0 / 65_280.0)),
            Self::Lab => lab(coded),
            Self::Xyz => coded.map(|x| x * 65_535.0 / 32_768.0),
        }
    }
}

/// From a device's numbers to the connection space.
#[derive(Clone, Debug)]
pub(super) struct ToPcs {
    steps: Pipeline,
    coding: Coding,
}

impl ToPcs {
    /// The XYZ of a device colour of 0–1.
    pub(super) fn xyz(&self, device: Channels) -> [f64; 3] {
        self.coding.decode(self.steps.at(device))
    }

    /// sRGB (IEC 61966-2-1), adapted to D50.
    pub(super) fn srgb() -> Self {
        let to_xyz = [
            [0.436_074_7, 0.385_064_9, 0.143_080_4],
            [0.222_504_5, 0.716_878_6, 0.060_616_9],
            [0.013_932_2, 0.097_104_5, 0.714_173_3],
        ];
        Self::matrix(vec![Curve::srgb(); 3], to_xyz)
    }

    /// Grey with the transfer curve of sRGB.
    pub(super) fn srgb_grey() -> Self {
        Self::grey(Curve::srgb(), false)
    }

    fn matrix(curves: Vec<Curve>, to_xyz: [[f64; 3]; 3]) -> Self {
        let scale = 32_768.0 / 65_535.0;
        let to_xyz = to_xyz.map(|row| row.map(|x| x * scale));
        Self {
            steps: Pipeline(vec![Step::Curves(curves), Step::Matrix(to_xyz, [0.0; 3])]),
            coding: Coding::Xyz,
        }
    }

    /// A grey curve: of luminance, or where the connection space is Lab of
    /// lightness (ICC.1:2010, F.2).
    fn grey(curve: Curve, lab: bool) -> Self {
        let middle = 128.0 / 255.0;
        let (black, white, coding) = if lab {
            ([0.0, middle, middle], [1.0, middle, middle], Coding::Lab)
        } else {
            (
                [0.0; 3],
                WHITE.map(|x| x * 32_768.0 / 65_535.0),
                Coding::Xyz,
            )
        };
        let grid = Grid {
            sizes: vec![2],
            outputs: 3,
            values: [black, white].concat(),
        };
        Self {
            steps: Pipeline(vec![Step::Curves(vec![curve]), Step::Grid(grid)]),
            coding,
        }
    }
}

/// From the connection space to a device's numbers.
#[derive(Clone, Debug)]
pub(super) struct FromPcs {
    steps: Pipeline,
    coding: Coding,
}

impl FromPcs {
    /// The device colour, 0–1, of an `L*a*b*`.
    pub(super) fn device(&self, lab: [f64; 3]) -> Channels {
        let [x, y, z] = self.coding.encode(lab);
        self.steps.at([x, y, z, 0.0])
    }
}

/// What a device's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Grey,
    Rgb,
    Cmyk,
    Other,
}

/// A profile's file, read.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) space: Space,
    /// Whether its class is that of a printer (`prtr`).
    pub(super) printer: bool,
    /// First number of the version of its format.
    pub(super) version: u8,
    /// Its own description; empty where there is none.
    pub(super) description: String,
    /// XYZ of the bare medium; that of the connection space where it is not
    /// said, or is no white.
    pub(super) paper: [f64; 3],
    /// Media-relative colorimetric, or else perceptual.
    pub(super) to_pcs: Option<ToPcs>,
    /// Media-relative colorimetric, or else perceptual.
    pub(super) from_pcs: Option<FromPcs>,
}

/// Reads a profile. `None` where the file is none, or damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Profile> {
    // signature of every profile (ICC.1:2010, 7.2.9)
    if bytes.get(36..40)? != b"acsp" {
        return None;
    }
    let version = *bytes.get(8)?;
    let parsed = ColorProfile::new_from_slice(bytes).ok()?;
    let space = match parsed.color_space {
        DataColorSpace::Gray => Space::Grey,
        DataColorSpace::Rgb => Space::Rgb,
        DataColorSpace::Cmyk => Space::Cmyk,
        _ => Space::Other,
    };
    let lab = match parsed.pcs {
        DataColorSpace::Lab => true,
        DataColorSpace::Xyz => false,
        _ => return None,
    };
    let either = |first: &Option<LutWarehouse>, second: &Option<LutWarehouse>| {
        first.clone().or_else(|| second.clone())
    };
    let forward = either(
        &parsed.lut_a_to_b_colorimetric,
        &parsed.lut_a_to_b_perceptual,
    );
    let back = either(
        &parsed.lut_b_to_a_colorimetric,
        &parsed.lut_b_to_a_perceptual,
    );
    let to_pcs = match forward {
        Some(lut) => {
            let (steps, coding) = chain(&lut, lab, true)?;
            Some(ToPcs { steps, coding })
        }
        None => shaped(&parsed, space, lab),
    };
    let from_pcs = match back {
        Some(lut) => {
            let (steps, coding) = chain(&lut, lab, false)?;
            Some(FromPcs { steps, coding })
        }
        None => None,
    };
    let white = parsed
        .media_white_point
        .map(|white| [white.x, white.y, white.z]);
    let is_white = |xyz: &[f64; 3]| xyz.iter().all(|part| (0.05..=1.2).contains(part));
    let described = parsed.description.as_ref().map(text).unwrap_or_default();
    Some(Profile {
        space,
        printer: parsed.profile_class == ProfileClass::OutputDevice,
        version,
        description: described,
        paper: white.filter(is_white).unwrap_or(super::pcs::WHITE),
        to_pcs,
        from_pcs,
    })
}

fn text(text: &ProfileText) -> String {
    let text = match text {
        ProfileText::PlainString(text) => text.as_str(),
        ProfileText::Localizable(texts) => {
            let english = texts.iter().find(|text| text.language == "en");
            english.or(texts.first()).map_or("", |text| &text.value)
        }
        ProfileText::Description(text) => &text.ascii_string,
    };
    text.trim_matches(['\0', ' ']).to_owned()
}

/// Curves and a matrix, or a grey curve.
fn shaped(parsed: &ColorProfile, space: Space, lab: bool) -> Option<ToPcs> {
    match space {
        Space::Grey => Some(ToPcs::grey(curve(parsed.gray_trc.as_ref()?), lab)),
        Space::Rgb => {
            let curves = [&parsed.red_trc, &parsed.green_trc, &parsed.blue_trc];
            let curves: Option<Vec<Curve>> = (curves.into_iter())
                .map(|trc| trc.as_ref().map(curve))
                .collect();
            let (r, g, b) = (
                parsed.red_colorant,
                parsed.green_colorant,
                parsed.blue_colorant,
            );
            let to_xyz = [[r.x, g.x, b.x], [r.y, g.y, b.y], [r.z, g.z, b.z]];
            Some(ToPcs::matrix(curves?, to_xyz))
        }
        Space::Cmyk | Space::Other => None,
    }
}

fn curve(curve: &ToneReprCurve) -> Curve {
    match curve {
        ToneReprCurve::Lut(values) => match values.as_slice() {
            [] => Curve::straight(),
            // a single value is an exponent with eight bits of fraction
            [gamma] => power(f64::from(*gamma) / 256.0),
            values => Curve::Sampled(values.iter().map(|v| f64::from(*v) / 65_535.0).collect()),
        },
        ToneReprCurve::Parametric(numbers) => {
            let numbers: Vec<f64> = numbers.iter().map(|n| f64::from(*n)).collect();
            let full = |g, a, b, c, d, e, f| Curve::Parametric {
                g,
                upper: [a, b],
                e,
                lower: [c, f],
                d,
            };
            match *numbers.as_slice() {
                [g] => power(g),
                [g, a, b] if a != 0.0 => full(g, a, b, 0.0, -b / a, 0.0, 0.0),
                [g, a, b, c] if a != 0.0 => full(g, a, b, 0.0, -b / a, c, c),
                [g, a, b, c, d] => full(g, a, b, c, d, 0.0, 0.0),
                [g, a, b, c, d, e, f] => full(g, a, b, c, d, e, f),
                _ => Curve::straight(),
            }
        }
    }
}

fn power(g: f64) -> Curve {
    Curve::Parametric {
        g,
        upper: [1.0, 0.0],
        e: 0.0,
        lower: [0.0, 0.0],
        d: 0.0,
    }
}

/// The steps of a table, and how the connection space is written at its one
/// end. `None` where its parts do not fit each other.
fn chain(lut: &LutWarehouse, lab: bool, to_pcs: bool) -> Option<(Pipeline, Coding)> {
    match lut {
        LutWarehouse::Lut(lut) => {
            let coding = match (lab, lut.lut_type) {
                (true, LutType::Lut16) => Coding::LabOld,
                (true, _) => Coding::Lab,
                (false, _) => Coding::Xyz,
            };
            Some((table_chain(lut, !lab && !to_pcs)?, coding))
        }
        LutWarehouse::Multidimensional(lut) => {
            let coding = if lab { Coding::Lab } else { Coding::Xyz };
            Some((element_chain(lut, to_pcs)?, coding))
        }
    }
}

/// `lut8Type`, `lut16Type`: matrix for XYZ, curves, grid, curves.
fn table_chain(lut: &LutDataType, matrix: bool) -> Option<Pipeline> {
    let (inputs, outputs) = (
        usize::from(lut.num_input_channels),
        usize::from(lut.num_output_channels),
    );
    if !(1..=4).contains(&inputs) || !(1..=4).contains(&outputs) {
        return None;
    }
    let curves = |store: &LutStore, entries: u16, count: usize| -> Option<Step> {
        let values = parts(store);
        let entries = usize::from(entries);
        let each = values.chunks_exact(entries.max(1)).take(count);
        let curves: Vec<Curve> = each.map(|part| Curve::Sampled(part.to_vec())).collect();
        (curves.len() == count).then_some(Step::Curves(curves))
    };
    let grid = Grid {
        sizes: vec![usize::from(lut.num_clut_grid_points); inputs],
        outputs,
        values: parts(&lut.clut_table),
    };
    let mut steps = Vec::new();
    if matrix && inputs == 3 {
        steps.push(Step::Matrix(lut.matrix.v, [0.0; 3]));
    }
    steps.push(curves(
        &lut.input_table,
        lut.num_input_table_entries,
        inputs,
    )?);
    steps.push(whole(grid)?);
    steps.push(curves(
        &lut.output_table,
        lut.num_output_table_entries,
        outputs,
    )?);
    Some(Pipeline(steps))
}

/// `lutAToBType`, `lutBToAType` of version 4: A curves, grid, M curves,
/// matrix, B curves, or the other way round.
fn element_chain(lut: &LutMultidimensionalType, to_pcs: bool) -> Option<Pipeline> {
    let (inputs, outputs) = (
        usize::from(lut.num_input_channels),
        usize::from(lut.num_output_channels),
    );
    if !(1..=4).contains(&inputs) || !(1..=4).contains(&outputs) {
        return None;
    }
    let (device, pcs) = if to_pcs {
        (inputs, outputs)
    } else {
        (outputs, inputs)
    };
    let curves = |curves: &[ToneReprCurve], count: usize| match curves.len() {
        0 => Some(None),
        n if n == count => Some(Some(Step::Curves(curves.iter().map(curve).collect()))),
        _ => None,
    };
    let grid = match &lut.clut {
        Some(store) => Some(whole(Grid {
            sizes: lut
                .grid_points
                .iter()
                .take(inputs)
                .map(|n| usize::from(*n))
                .collect(),
            outputs,
            values: parts(store),
        })?),
        None if inputs == outputs => None,
        None => return None,
    };
    let matrix = Step::Matrix(lut.matrix.v, lut.bias.v);
    let mut steps = vec![
        curves(&lut.a_curves, device)?,
        grid,
        curves(&lut.m_curves, pcs)?,
        (pcs == 3).then_some(matrix),
        curves(&lut.b_curves, pcs)?,
    ];
    if !to_pcs {
        steps.reverse();
    }
    Some(Pipeline(steps.into_iter().flatten().collect()))
}

/// A grid, if it has the values that it needs.
fn whole(grid: Grid) -> Option<Step> {
    let points: usize = grid.sizes.iter().product();
    let fits = points > 0 && grid.values.len() >= points * grid.outputs;
    fits.then_some(Step::Grid(grid))
}

/// Stored numbers as parts of one.
fn parts(store: &LutStore) -> Vec<f64> {
    match store {
        LutStore::Store8(values) => values.iter().map(|v| f64::from(*v) / 255.0).collect(),
        LutStore::Store16(values) => values.iter().map(|v| f64::from(*v) / 65_535.0).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Space, ToPcs, read};
    use crate::base::colour::pcs::{WHITE, lab_of};

    #[test]
    fn srgb_white_is_the_white_of_the_connection_space() {
        for to_pcs in [ToPcs::srgb(), ToPcs::srgb_grey()] {
            let xyz = to_pcs.xyz([1.0; 4]);
            let near = xyz.iter().zip(WHITE).all(|(a, b)| (a - b).abs() < 1e-3);
            assert!(near, "{xyz:?}");
        }
        // mid grey of sRGB, IEC 61966-2-1
        let [l, a, b] = lab_of(ToPcs::srgb().xyz([0.5; 4]));
        assert!((l - 53.389).abs() < 0.02 && a.abs() < 0.02 && b.abs() < 0.02);
    }

    #[test]
    fn a_grey_curve_is_of_luminance_or_of_lightness() {
        let lightness = |lab| lab_of(ToPcs::grey(Curve::straight(), lab).xyz([0.5; 4]))[0];
        assert!((lightness(true) - 50.0).abs() < 1e-6);
        assert!((lightness(false) - 76.07).abs() < 0.01);
    }

    #[test]
    fn c8_the_newsprint_profile_is_read() {
        let profile = read(super::super::NEWSPRINT).expect("a profile");
        assert_eq!(profile.space, Space::Cmyk);
        assert!(profile.printer);
        assert_eq!(profile.version, 2);
        assert!(profile.description.contains("newsprint"));
        assert!(!profile.description.contains("IFRA"), "C12");
        // 100 % cyan of the data set is Y 24.5 on a paper of Y 56: beside its
        // paper L* 72
        let [l, a, b] = lab_of(profile.to_pcs.expect("A2B").xyz([1.0, 0.0, 0.0, 0.0]));
        assert!(
            (71.0..74.0).contains(&l) && a < -20.0 && b < -24.0,
            "{l} {a} {b}"
        );
    }

    #[test]
    fn what_is_no_profile_is_refused() {
        assert!(read(b"").is_none());
        assert!(read(&[0; 200]).is_none());
        let cut = super::super::NEWSPRINT;
        assert!(read(&cut[..cut.len() / 2]).is_none());
    }
}
