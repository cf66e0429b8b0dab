//! The hyphen that a broken word ends with: shaped once a style, for it is in
//! no text (L16).

use super::cache::Manner;
use super::{Extent, Setter, edges, first_face};
use crate::compose::run::{Pose, RunGlyph};

impl Setter<'_> {
    /// Shapes the hyphen of each style into [`Run::hyphens`]. A style whose
    /// faces have none gets `None`: its words are not parted.
    ///
    /// [`Run::hyphens`]: crate::compose::run::Run::hyphens
    pub(super) fn set_hyphens(&mut self) {
        // only turned words of a vertical line are parted (V11)
        if self.vertical {
            self.pose = Pose::Turned;
        }
        for index in 0..self.run.styles.len() {
            let set = self.set_hyphen(index);
            let hyphen = set.and_then(|()| self.run.clusters.pop());
            self.run.hyphens.push(hyphen);
        }
    }

    /// Adds the hyphen of a style as the last cluster.
    fn set_hyphen(&mut self, index: usize) -> Option<()> {
        let style = self.run.styles.get(index)?.clone();
        let face = first_face(&style.latin, &style.han)?;
        let shaper = self.shaper(face)?;
        let shaped = shaper.shape(Manner::Latin, "-", std::mem::take(&mut self.buffer));
        let info = shaped.glyph_infos().first().copied();
        let place = shaped.glyph_positions().first().copied();
        self.buffer = shaped.clear();
        let (id, place) = (u16::try_from(info?.glyph_id).ok()?, place?);
        if id == 0 {
            return None;
        }
        let first = self.run.glyphs.len();
        let (size, lift) = self.western(&style, face);
        self.run.glyphs.push(RunGlyph {
            id,
            dx: shaper.face().length(place.x_offset, size),
            dy: -shaper.face().length(place.y_offset, size) - lift,
            scale_x: 1000,
            turned: false,
        });
        let (left, right) = shaper.ink(id).unwrap_or((0, 0));
        let ink = edges(
            shaper,
            (left + place.x_offset, right + place.x_offset),
            size,
        );
        let advance = shaper.face().length(place.x_advance, size);
        let index = u16::try_from(index).ok()?;
        let extent = Extent { size, advance, ink };
        self.cluster(0..0, first, index, face, extent);
        Some(())
    }
}
