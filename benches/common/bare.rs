//! `rustybuzz` alone, its plan made beforehand: what shaping costs anyone.

use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer, script, shape_with_plan};

/// A face and the one plan that its text is shaped by.
pub(crate) struct Bare<'a> {
    face: Face<'a>,
    script: Script,
    plan: ShapePlan,
}

impl<'a> Bare<'a> {
    /// Parses a face and plans for Han text, else for Latin text, with the
    /// features that are on by default.
    pub(crate) fn new(font: &'a [u8], han: bool) -> Self {
        let face = Face::from_slice(font, 0).expect("a font");
        let (script, language) = match han {
            true => (script::HAN, "zh-hans"),
            false => (script::LATIN, "en"),
        };
        let language = language.parse().ok();
        let plan = ShapePlan::new(
            &face,
            Direction::LeftToRight,
            Some(script),
            language.as_ref(),
            &[],
        );
        Self { face, script, plan }
    }

    /// Shapes texts one after the other and counts their glyphs.
    pub(crate) fn shape<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> usize {
        let mut buffer = UnicodeBuffer::new();
        let mut count = 0;
        for text in texts {
            buffer.push_str(text);
            buffer.set_direction(Direction::LeftToRight);
            buffer.set_script(self.script);
            let shaped = shape_with_plan(&self.face, &self.plan, buffer);
            count += shaped.len();
            buffer = shaped.clear();
        }
        count
    }
}
