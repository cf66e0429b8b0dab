//! What the pages are printed on and with: the printer's own profile by path,
//! or the one of the program (C12).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::bytes::Bytes;
use crate::base::colour::{InkLimit, PressProfile, ProfileFault};
use crate::base::diag::{Diagnostic, Span};
use crate::desk::issue::Print;
use crate::press::files::{self, Input};
use crate::write::pdf::OutputCondition;

/// The largest ICC profile that is read: 16 MiB. Those of printers have up to
/// three.
const MAX_PROFILE: u64 = 16 << 20;

/// What the command line says of the press; it stands above the issue file.
#[derive(Clone, Debug, Default)]
pub struct PressNames {
    /// The printer's ICC profile.
    pub icc: Option<PathBuf>,
    /// Registered name of the printing condition.
    pub condition: Option<String>,
}

/// What was found for an issue.
pub(super) struct Found {
    /// What the pages are printed on and with.
    pub(super) condition: OutputCondition,
    /// The profile that was read for it.
    pub(super) input: Option<Input>,
}

/// The condition of an issue whose file says `print`, its paths taken from
/// `base`.
///
/// # Errors
///
/// `press/icc`, fatal, where the profile is none that pages can be printed by,
/// and what [`files::read`] says where it cannot be read.
pub(super) fn find(
    names: &PressNames,
    print: &Print,
    base: &Path,
) -> Result<Found, Box<Diagnostic>> {
    let limit = print.ink_limit.unwrap_or(InkLimit::NEWSPRINT);
    let own = (print.icc.as_ref()).map(|icc| (base.join(&icc.text), icc.span));
    let named = names.icc.clone().map(|path| (path, None)).or(own);
    let name = names.condition.clone();
    let name = name.or_else(|| print.condition.as_ref().map(|name| name.text.clone()));
    let Some((path, span)) = named else {
        let usual = OutputCondition::newsprint();
        let press = match print.ink_limit {
            Some(limit) if limit != usual.press.limit() => {
                let bytes = Bytes::from(usual.press.bytes().to_vec());
                let press = PressProfile::shared(bytes, limit);
                press.map_err(|fault| unusable("newsprint.icc", fault, None))?
            }
            _ => Arc::clone(&usual.press),
        };
        let condition = OutputCondition {
            press,
            name,
            spots: print.spots,
            downsample: print.downsample,
            ..usual
        };
        return Ok(Found {
            condition,
            input: None,
        });
    };
    let bytes = files::read(&path, MAX_PROFILE).map_err(|note| Box::new(note.at_opt(span)))?;
    let input = Input::of(&path, &bytes);
    let file = path.display().to_string();
    let press = PressProfile::shared(Bytes::from(bytes), limit)
        .map_err(|fault| unusable(&file, fault, span))?;
    Ok(Found {
        condition: OutputCondition {
            press,
            name,
            description: String::new(),
            spots: print.spots,
            downsample: print.downsample,
        },
        input: Some(input),
    })
}

/// The finding for a profile that pages cannot be printed by.
fn unusable(file: &str, fault: ProfileFault, span: Option<Span>) -> Box<Diagnostic> {
    let why = fault.text();
    Box::new(
        Diagnostic::fatal(
            "press/icc",
            format!("“{file}”不能用作印刷特性文件：{}", why.zh),
            format!("\"{file}\" is no profile to print by: {}", why.en),
        )
        .at_opt(span)
        .help(
            "向印厂要 CMYK 的印刷特性文件（.icc），或不写，用自带的新闻纸特性",
            "ask the printer for the CMYK profile of the press (.icc), or name none \
             and take the newsprint profile of the program",
        )
        .word("file", file),
    )
}
