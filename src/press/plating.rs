//! 分色版与软打样: the plates of finished pages as PNG files, ours and others'.

use std::path::{Path, PathBuf};

use crate::base::bytes::Bytes;
use crate::base::colour::{PressProfile, ScreenTable};
use crate::base::diag::Diagnostic;
use crate::base::pdf;
use crate::desk::issue::Print;
use crate::plates::Plates;
use crate::press::condition::{self, PressNames};
use crate::press::files::{self, Input, MAX_BINARY};
use crate::press::platemaking;
use crate::press::report::Report;
use crate::write::png;

/// What is drawn of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Paper and inks as a screen shows them: `STEM_soft.png`.
    Soft,
    /// Each plate, `STEM_C.png` and so on, and the map of ink, `STEM_ink.png`.
    Plates,
    /// All of these.
    All,
}

/// Endings of the files, the plates of spots left out.
pub(super) const ENDINGS: [&str; 6] = ["soft", "C", "M", "Y", "K", "ink"];

/// Draws what is wanted of every page of a PDF beside `stem`, at `dpi`: with
/// more pages than one `STEM_p2_C.png` and so on. The files that were written,
/// and what they do not show.
///
/// # Errors
///
/// `preflight/unreadable`; `write/preview-size` where a page has too many
/// pixels or none; what the file system refuses. Files written before that
/// stay.
pub(super) fn draw(
    bytes: &Bytes,
    stem: &Path,
    dpi: u32,
    wanted: Wanted,
    press: &PressProfile,
) -> Result<(Vec<PathBuf>, Vec<Diagnostic>), Diagnostic> {
    let name = stem.display().to_string();
    let file = pdf::open(bytes).map_err(|fault| crate::preflight::unreadable(&name, fault))?;
    let pages = file.pages();
    let screen = (wanted != Wanted::Plates).then(|| press.screen());
    let (mut made, mut notes) = (Vec::new(), Vec::new());
    for (nth, page) in pages.iter().enumerate() {
        let plates = Plates::of(page, dpi, press).ok_or_else(|| *png::bad_size(dpi))?;
        let number = match pages.len() {
            1 => String::new(),
            _ => format!("_p{}", nth + 1),
        };
        let path = |ending: &str| with_ending(stem, &format!("{number}_{ending}"));
        let pictures = pictures(&plates, wanted, screen.as_ref(), press);
        for (ending, picture) in pictures {
            let png = png::encode(
                &picture.data,
                picture.width,
                picture.height,
                picture.channels,
            );
            let path = path(&ending);
            files::write_whole(&path, &png.map_err(|note| *note)?)?;
            made.push(path);
        }
        notes.extend(not_shown(&plates, &format!("{name}{number}")));
    }
    Ok((made, notes))
}

/// The pictures of a page with the endings of their files.
fn pictures(
    plates: &Plates,
    wanted: Wanted,
    screen: Option<&ScreenTable>,
    press: &PressProfile,
) -> Vec<(String, crate::plates::Picture)> {
    let mut pictures = Vec::new();
    if let Some(screen) = screen {
        pictures.push(("soft".to_owned(), plates.proof(screen)));
    }
    if wanted != Wanted::Soft {
        for (at, ink) in plates.inks().enumerate() {
            let ending = match ENDINGS[1..5].get(at) {
                Some(letter) => (*letter).to_owned(),
                None => format!("spot{}_{}", at - 3, plain(ink)),
            };
            pictures.extend(plates.plate(at).map(|plate| (ending, plate)));
        }
        let limit = platemaking::most_ink(press.limit());
        pictures.push(("ink".to_owned(), plates.ink_map(limit)));
    }
    pictures
}

/// The name of an ink as a part of a file name.
fn plain(ink: &str) -> String {
    let letters = ink.chars().take(40);
    letters
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect()
}

/// `stem` with an ending before `.png`; a dot in it is no extension.
pub(super) fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.file_name().unwrap_or_default().to_os_string();
    name.push(format!("{ending}.png"));
    stem.with_file_name(name)
}

/// What the pictures do not show as a press would print it.
fn not_shown(plates: &Plates, name: &str) -> Option<Diagnostic> {
    let words = plates.untold().iter().map(|what| what.words());
    let (zh, en): (Vec<&str>, Vec<&str>) = words.unzip();
    (!zh.is_empty()).then(|| {
        Diagnostic::warning(
            "plates/not-shown",
            format!("{name} 的分色图与印出来的有出入：{}", zh.join("、")),
            format!("the plates of {name} differ from print: {}", en.join(", ")),
        )
        .help("以制版软件的为准", "trust those of the plate maker")
    })
}

/// Draws soft proof, plates and ink map of the pages of PDF files into `dir`;
/// one that cannot be read stops no other. Colours of a screen, paper and inks
/// are those of the press profile at `icc`, or newsprint.
pub fn plates(paths: &[PathBuf], dir: &Path, dpi: u32, icc: Option<PathBuf>) -> Report {
    let mut report = Report::default();
    let names = PressNames {
        icc,
        condition: None,
    };
    let found = match condition::find(&names, &Print::default(), Path::new("")) {
        Ok(found) => found,
        Err(note) => return Report::of(*note),
    };
    report.inputs.extend(found.input);
    if let Err(note) = files::make_folder(dir) {
        report.findings.push(note);
        return report;
    }
    for path in paths {
        let drawn = files::read(path, MAX_BINARY).and_then(|data| {
            report.inputs.push(Input::of(path, &data));
            let stem = dir.join(path.file_stem().unwrap_or_default());
            let press = &found.condition.press;
            draw(&Bytes::from(data), &stem, dpi, Wanted::All, press)
        });
        match drawn {
            Ok((made, notes)) => {
                report.files.extend(made);
                report.findings.extend(notes);
            }
            Err(note) => report.findings.push(note),
        }
    }
    report
}
