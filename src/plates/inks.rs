//! Which plates a colour goes to, and what it leaves of those below (X20).

use super::sheet::{Sheet, Untold};
use crate::base::colour::RgbTable;
use crate::readback::colour::{Colour, Space};
use crate::readback::content::Over;

/// What is put on each plate, in the order of the sheet's plates; `None`
/// leaves a plate as it is: something else shows through.
pub(super) type Inks = Vec<Option<u8>>;

/// The process inks in the order of the first four plates.
pub(super) const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// The inks of a colour; `None` where it paints nothing, or cannot be told.
pub(super) fn of(
    colour: &Colour,
    over: Over,
    sheet: &mut Sheet,
    screen: &RgbTable,
) -> Option<Inks> {
    let value = |at: usize| colour.values.get(at).copied().unwrap_or(0.0);
    match &colour.space {
        Space::Cmyk => {
            let mut inks = knocked_out(sheet, over);
            for (at, ink) in inks.iter_mut().enumerate().take(4) {
                let tint = share(value(at));
                // OPM 1: an ink that a colour has none of is not taken away
                let open = over.overprint && over.mode == 1 && tint == 0;
                *ink = (!open).then_some(tint);
            }
            Some(inks)
        }
        Space::Gray => Some(process(sheet, over, [0, 0, 0, 255 - share(value(0))])),
        Space::Icc(1, _) => Some(process(sheet, over, [0, 0, 0, 255 - share(value(0))])),
        Space::Icc(4, _) => Some(process(
            sheet,
            over,
            [0, 1, 2, 3].map(|at| share(value(at))),
        )),
        Space::Rgb | Space::Icc(..) => {
            sheet.untold.insert(Untold::ScreenColour);
            let rgb = [0, 1, 2].map(|at| share(value(at)));
            Some(process(sheet, over, screen.inks(rgb)))
        }
        Space::Separation(name) => {
            tints(std::slice::from_ref(name), &[share(value(0))], over, sheet)
        }
        Space::Several(names) => {
            let values: Vec<u8> = (0..names.len()).map(|at| share(value(at))).collect();
            tints(names, &values, over, sheet)
        }
        Space::Pattern(_) => {
            sheet.untold.insert(Untold::Pattern);
            None
        }
        Space::Measured | Space::Indexed(_) => {
            sheet.untold.insert(Untold::Colour);
            None
        }
    }
}

/// Tints of inks by their names.
pub(super) fn tints(
    names: &[String],
    values: &[u8],
    over: Over,
    sheet: &mut Sheet,
) -> Option<Inks> {
    if names.iter().all(|name| name == "None") {
        return None;
    }
    let plates: Vec<Option<usize>> = names.iter().map(|name| sheet.plate(name)).collect();
    let mut inks = knocked_out(sheet, over);
    for ((name, plate), &tint) in names.iter().zip(plates).zip(values) {
        if name == "All" {
            inks.fill(Some(tint));
        } else if let Some(ink) = plate.and_then(|plate| inks.get_mut(plate)) {
            *ink = Some(tint);
        }
    }
    Some(inks)
}

/// A colour of the process inks that says something of each of them: what is
/// no `DeviceCMYK` by name takes all four, overprinting or not.
pub(super) fn process(sheet: &Sheet, over: Over, cmyk: [u8; 4]) -> Inks {
    let mut inks = knocked_out(sheet, over);
    for (ink, tint) in inks.iter_mut().zip(cmyk) {
        *ink = Some(tint);
    }
    inks
}

/// All plates bare, or left as they are where it overprints.
fn knocked_out(sheet: &Sheet, over: Over) -> Inks {
    vec![(!over.overprint).then_some(0); sheet.plates.len()]
}

/// A number from 0 to 1 as parts of 255.
pub(super) fn share(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}
