//! 中西文配合: Western text beside Han, so that capitals look level with the
//! Chinese characters of their line (P30).

use super::Setter;
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::compose::run::Pose;
use crate::story::TextStyle;

impl Setter<'_> {
    /// The size that a face draws a character of the Western list at, and how
    /// far it raises its baseline.
    ///
    /// What the Chinese face serves is fitted already, and a letter or figure
    /// that has a cell of its own in a vertical line is set like Han (V11).
    pub(super) fn western(&self, style: &TextStyle, face: FaceId) -> (Length, Length) {
        let in_a_cell = self.vertical && self.pose != Pose::Turned;
        if in_a_cell || !style.latin.contains(&face) {
            return (style.size, Length::ZERO);
        }
        (style.western_size(), style.western_lift())
    }
}
