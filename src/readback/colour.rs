//! Colour spaces and colours, as inks.

use super::{Key, key_of};
use crate::base::pdf::{Array, Dict, Name, Object, Stream};

/// A colour space, as far as a press asks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// `CalGray`, `CalRGB`, `Lab`.
    Measured,
    /// By a profile of so many components, and which.
    Icc(usize, Key),
    /// A spot colour, `All`, `None`, or a process ink by its name.
    Separation(String),
    /// Several of them.
    Several(Vec<String>),
    /// Numbers of colours of another space.
    Indexed(Box<Self>),
    /// With the space of the colours that uncoloured ones are given.
    Pattern(Option<Box<Self>>),
}

/// Spaces inside spaces that are looked into.
const DEEPEST: usize = 8;

impl Space {
    /// Reads a space; names are looked up in the resources.
    pub(crate) fn read(object: &Object<'_>, named: &Dict<'_>) -> Option<Self> {
        Self::within(object, named, 0)
    }

    /// What a space of the device is on a page whose spaces have names: one of
    /// them may stand in for it (ISO 32000-1, 8.6.5.6).
    pub(crate) fn on(self, named: &Dict<'_>) -> Self {
        let key = match self {
            Self::Gray => "DefaultGray",
            Self::Rgb => "DefaultRGB",
            Self::Cmyk => "DefaultCMYK",
            _ => return self,
        };
        let instead = named.get::<Object<'_>>(key);
        // looked up without names: what stands in for itself is itself
        instead
            .and_then(|space| Self::read(&space, &Dict::empty()))
            .filter(|space| *space == Self::Measured || space.components() == self.components())
            .unwrap_or(self)
    }

    fn within(object: &Object<'_>, named: &Dict<'_>, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        match object {
            Object::Name(name) => match name.as_str() {
                "DeviceGray" | "G" => Some(Self::Gray.on(named)),
                "DeviceRGB" | "RGB" => Some(Self::Rgb.on(named)),
                "DeviceCMYK" | "CMYK" => Some(Self::Cmyk.on(named)),
                "Pattern" => Some(Self::Pattern(None)),
                other => {
                    let found = named.get::<Object<'_>>(other)?;
                    Self::within(&found, named, depth + 1)
                }
            },
            Object::Array(list) => {
                let parts: Vec<Object<'_>> = list.iter::<Object<'_>>().take(4).collect();
                Self::of_parts(&parts, named, depth)
            }
            _ => None,
        }
    }

    fn of_parts(parts: &[Object<'_>], named: &Dict<'_>, depth: usize) -> Option<Self> {
        let Object::Name(kind) = parts.first()? else {
            return None;
        };
        let inner = || {
            parts
                .get(1)
                .and_then(|base| Self::within(base, named, depth + 1))
        };
        Some(match kind.as_str() {
            "CalGray" | "CalRGB" | "Lab" => Self::Measured,
            "ICCBased" => match parts.get(1)? {
                Object::Stream(profile) => Self::Icc(components(profile), key_of(profile.dict())),
                _ => return None,
            },
            "Separation" => match parts.get(1)? {
                Object::Name(name) => Self::Separation(name.as_str().to_owned()),
                _ => return None,
            },
            "DeviceN" => match parts.get(1)? {
                Object::Array(names) => Self::Several(inks(names)),
                _ => return None,
            },
            "Indexed" | "I" => Self::Indexed(Box::new(inner()?)),
            "Pattern" => Self::Pattern(inner().map(Box::new)),
            _ => return Self::within(parts.first()?, named, depth + 1),
        })
    }

    /// Components of a colour of it.
    pub(crate) fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Separation(_) | Self::Indexed(_) => 1,
            Self::Rgb | Self::Measured => 3,
            Self::Cmyk => 4,
            Self::Icc(count, _) => *count,
            Self::Several(names) => names.len(),
            Self::Pattern(_) => 0,
        }
    }

    /// What it is called in messages.
    pub(crate) fn word(&self) -> String {
        match self {
            Self::Gray => "DeviceGray".into(),
            Self::Rgb => "DeviceRGB".into(),
            Self::Cmyk => "DeviceCMYK".into(),
            Self::Measured => "Lab/Cal".into(),
            Self::Icc(count, _) => format!("ICCBased {count}"),
            Self::Separation(name) => format!("Separation {name}"),
            Self::Several(names) => format!("DeviceN {}", names.join(" ")),
            Self::Indexed(base) => format!("Indexed {}", base.word()),
            Self::Pattern(_) => "Pattern".into(),
        }
    }

    /// The spot colours that it prints with, the marks' `All` and `None` left
    /// out.
    pub(crate) fn spots(&self) -> Vec<&str> {
        let process = ["All", "None", "Cyan", "Magenta", "Yellow", "Black"];
        let names: &[String] = match self {
            Self::Separation(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
            Self::Indexed(base) => return base.spots(),
            _ => &[],
        };
        let spots = names.iter().map(String::as_str);
        spots.filter(|name| !process.contains(name)).collect()
    }

    /// Whether it holds no inks but colours for a screen (G18).
    pub(crate) fn is_screen(&self) -> bool {
        match self {
            Self::Rgb | Self::Measured | Self::Icc(..) => true,
            Self::Indexed(base) => base.is_screen(),
            _ => false,
        }
    }
}

fn components(profile: &Stream<'_>) -> usize {
    let count = profile.dict().get::<i32>("N").unwrap_or(3);
    usize::try_from(count).unwrap_or(3).clamp(1, 4)
}

fn inks(names: &Array<'_>) -> Vec<String> {
    let names = names.iter::<Name<'_>>().take(32);
    names.map(|name| name.as_str().to_owned()).collect()
}

/// A colour in use.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Colour {
    pub(crate) space: Space,
    pub(crate) values: Vec<f64>,
}

/// What a colour puts on the paper, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Inks {
    pub(crate) black: f64,
    /// All inks together.
    pub(crate) sum: f64,
    /// How many there are.
    pub(crate) count: usize,
}

impl Colour {
    /// Black of a space that nobody has set.
    pub(crate) fn black() -> Self {
        Self {
            space: Space::Gray,
            values: vec![0.0],
        }
    }

    /// Its inks; `None` where only a profile could tell.
    pub(crate) fn inks(&self) -> Option<Inks> {
        let value = |at: usize| self.values.get(at).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        let of = |inks: &[f64], black: f64| Inks {
            black: black * 100.0,
            sum: inks.iter().sum::<f64>() * 100.0,
            count: inks.iter().filter(|&&ink| ink > 0.0005).count(),
        };
        Some(match &self.space {
            Space::Gray => {
                let black = 1.0 - value(0);
                of(&[black], black)
            }
            Space::Cmyk => {
                let inks = [value(0), value(1), value(2), value(3)];
                of(&inks, inks[3])
            }
            Space::Separation(name) if name == "None" => Inks::default(),
            Space::Separation(name) if name == "All" => {
                // on spots as well, if there are any
                let tint = value(0);
                of(&[tint; 4], tint)
            }
            Space::Separation(name) => {
                let tint = value(0);
                of(&[tint], if name == "Black" { tint } else { 0.0 })
            }
            Space::Several(names) => {
                let inks = names.iter().enumerate();
                let inks = inks.filter(|(_, name)| *name != "None");
                let tints: Vec<f64> = inks.map(|(at, _)| value(at)).collect();
                let black = names
                    .iter()
                    .position(|name| name == "Black")
                    .map_or(0.0, value);
                of(&tints, black)
            }
            _ => return None,
        })
    }

    /// Whether it is bare paper.
    pub(crate) fn is_white(&self) -> bool {
        self.inks().is_some_and(|inks| inks.count == 0)
    }

    /// Whether it is full black alone. A tint of black is none: it has to knock
    /// out, or it would take the colour of what lies below.
    pub(crate) fn is_black(&self) -> bool {
        let full = |inks: Inks| inks.count == 1 && inks.black > 99.5;
        self.inks().is_some_and(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::pdf::dict_of;

    fn colour(space: Space, values: &[f64]) -> Colour {
        Colour {
            space,
            values: values.to_vec(),
        }
    }

    #[test]
    fn colours_are_told_by_their_inks() {
        assert!(colour(Space::Cmyk, &[0.0; 4]).is_white());
        assert!(colour(Space::Cmyk, &[0.0, 0.0, 0.0, 1.0]).is_black());
        assert!(!colour(Space::Cmyk, &[0.0, 0.0, 0.0, 0.4]).is_black());
        assert!(!colour(Space::Cmyk, &[0.1, 0.0, 0.0, 0.9]).is_black());
        assert!(colour(Space::Gray, &[1.0]).is_white());
        assert!(Colour::black().is_black());
        assert!(colour(Space::Separation("None".into()), &[1.0]).is_white());
        assert!(colour(Space::Separation("Black".into()), &[1.0]).is_black());
        assert_eq!(colour(Space::Rgb, &[0.0; 3]).inks(), None);
        let all = colour(Space::Separation("All".into()), &[1.0]).inks();
        assert!(all.is_some_and(|inks| inks.count == 4 && (inks.sum - 400.0).abs() < 1e-9));
        let names = ["Cyan", "None"].map(str::to_owned).to_vec();
        let cyan = colour(Space::Several(names), &[0.5, 1.0]).inks();
        assert!(cyan.is_some_and(|inks| inks.count == 1 && (inks.sum - 50.0).abs() < 1e-9));
        let rich = colour(Space::Cmyk, &[0.6, 0.5, 0.4, 1.0]).inks();
        assert_eq!(rich.map(|inks| inks.count), Some(4));
        assert!(rich.is_some_and(|inks| (inks.sum - 250.0).abs() < 1e-9));
    }

    #[test]
    fn spaces_of_the_device_are_what_the_page_says() {
        let named =
            b"<< /DefaultCMYK [/Separation /Gold /DeviceCMYK null] /DefaultRGB /DeviceRGB >>";
        let named = dict_of(named).expect("spaces");
        assert_eq!(Space::Cmyk.on(&named), Space::Cmyk, "of one component");
        assert_eq!(Space::Rgb.on(&named), Space::Rgb);
        let named = dict_of(b"<< /DefaultRGB [/CalRGB << >>] >>").expect("spaces");
        let rgb = Object::Name(Name::new_unescaped(b"DeviceRGB"));
        assert_eq!(Space::read(&rgb, &named), Some(Space::Measured));
        assert_eq!(Space::Gray.on(&named), Space::Gray);
    }

    #[test]
    fn g15_spot_colours_are_told_from_process_inks_and_marks() {
        let of =
            |names: &[&str]| Space::Several(names.iter().map(|&name| name.to_owned()).collect());
        assert_eq!(of(&["Cyan", "Gold", "None"]).spots(), ["Gold"]);
        assert!(Space::Separation("All".into()).spots().is_empty());
        assert_eq!(
            Space::Indexed(Box::new(Space::Separation("Gold".into()))).spots(),
            ["Gold"]
        );
    }
}
