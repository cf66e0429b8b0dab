//! What a file is judged by: the limits of a press.

/// A set of rules and limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// PDF/X-4 for coldset newspapers: X rows, GWG 2022 `WebCMYKNews`.
    #[default]
    NewspaperX4,
    /// PDF/X-1a:2003 for coldset newspapers.
    NewspaperX1a,
    /// PDF/X-4 for heatset and sheetfed magazines.
    Magazine,
}

/// The two ways of PDF/X that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// PDF/X-4:2010.
    X4,
    /// PDF/X-1a:2003.
    X1a,
}

/// The amounts of a profile; a house may set them otherwise (K).
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Which PDF/X.
    pub(super) way: Way,
    /// Most ink anywhere, in percent (N4).
    pub(super) ink: f64,
    /// Mean ink of any square of 15 mm, in percent; `None` on paper that bears
    /// more (G17).
    pub(super) square: Option<f64>,
    /// Pixels an inch of grey and colour images: error and warning (G21).
    pub(super) ppi: (f64, f64),
    /// Of images of one bit (G22).
    pub(super) bitmap_ppi: (f64, f64),
    /// Whether spot colours may be there (G15).
    pub(super) spots: bool,
    /// Least stroke in points (house rule under table G).
    pub(super) stroke: f64,
    /// White between text and the trim in points (N10).
    pub(super) safe: f64,
    /// What reaches the trim goes so many points beyond it; `None` where pages
    /// are not trimmed (N9).
    pub(super) bleed: Option<f64>,
}

impl Profile {
    /// Every profile with its name on the command line.
    pub const ALL: [(&'static str, Self); 3] = [
        ("newspaper-x4", Self::NewspaperX4),
        ("newspaper-x1a", Self::NewspaperX1a),
        ("magazine", Self::Magazine),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewspaperX4 => "newspaper-x4",
            Self::NewspaperX1a => "newspaper-x1a",
            Self::Magazine => "magazine",
        }
    }

    pub(super) fn limits(self) -> Limits {
        let newspaper = Limits {
            way: Way::X4,
            ink: 240.0,
            square: Some(245.0),
            ppi: (99.0, 149.0),
            bitmap_ppi: (549.0, 799.0),
            spots: false,
            stroke: 0.25,
            safe: 5.0 * POINTS,
            bleed: None,
        };
        match self {
            Self::NewspaperX4 => newspaper,
            Self::NewspaperX1a => Limits {
                way: Way::X1a,
                ..newspaper
            },
            Self::Magazine => Limits {
                ink: 300.0,
                square: None,
                ppi: (149.0, 224.0),
                spots: true,
                safe: 3.0 * POINTS,
                bleed: Some(3.0 * POINTS),
                ..newspaper
            },
        }
    }
}

/// Points of a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;
