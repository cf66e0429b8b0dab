//! What the heads of pictures say of their size, before anything is decoded.

/// What a picture says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Components of a pixel, those of opacity included.
    pub count: usize,
    /// Whether all of it is held before the first pixel is told.
    pub progressive: bool,
    /// Components of its colours, where it says so.
    pub colours: Option<usize>,
}

/// The head of a JPEG.
pub fn jpeg(data: &[u8]) -> Option<Head> {
    let mut at = 0;
    loop {
        let [first, marker, rest @ ..] = data.get(at..)? else {
            return None;
        };
        match (*first, *marker) {
            (0xFF, 0xC0..=0xCF) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let [_, _, _, h1, h2, w1, w2, count, ..] = *rest else {
                    return None;
                };
                let size = |high: u8, low: u8| usize::from(u16::from_be_bytes([high, low]));
                return Some(Head {
                    width: size(w1, w2),
                    height: size(h1, h2),
                    count: usize::from(count),
                    progressive: matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE),
                    colours: None,
                });
            }
            (0xFF, 0x00 | 0x01 | 0xD0..=0xD9) => at += 2,
            (0xFF, 0xFF) => at += 1,
            (0xFF, _) => {
                let [high, low, ..] = *rest else { return None };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
            _ => at += 1,
        }
    }
}

/// The head of a JPEG 2000 picture, boxed or a bare codestream.
pub fn jpeg2000(data: &[u8]) -> Option<Head> {
    /// The codestream begins, and says its size.
    const START: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];
    let at = data.windows(4).position(|four| four == START)?;
    let size = data.get(at + 4..at + 42)?;
    let number = |from: usize| {
        let four = <[u8; 4]>::try_from(&size[from..from + 4]).ok()?;
        Some(u32::from_be_bytes(four) as usize)
    };
    Some(Head {
        width: number(4)?.checked_sub(number(12)?)?,
        height: number(8)?.checked_sub(number(16)?)?,
        count: usize::from(u16::from_be_bytes([size[36], size[37]])),
        progressive: true,
        colours: colours(&data[..at]),
    })
}

/// What the colour box before a codestream says.
fn colours(boxes: &[u8]) -> Option<usize> {
    let at = boxes.windows(4).position(|four| four == b"colr")?;
    let [method, _, _, rest @ ..] = boxes.get(at + 4..)? else {
        return None;
    };
    match method {
        1 => match rest
            .first_chunk::<4>()
            .map(|four| u32::from_be_bytes(*four))?
        {
            17 => Some(1),
            16 | 18 => Some(3),
            12 => Some(4),
            _ => None,
        },
        // a profile, which says it at its sixteenth byte
        2 => match rest.get(16..20)? {
            b"GRAY" => Some(1),
            b"RGB " => Some(3),
            b"CMYK" => Some(4),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_says_its_size() {
        let data = [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, 1, 0, 0, 9, 3, 0,
        ];
        let head = jpeg(&data).expect("a head");
        assert_eq!((head.width, head.height, head.count), (9, 256, 3));
        assert!(head.progressive);
        for cut in 0..17 {
            assert_eq!(jpeg(&data[..cut]), None);
        }
    }

    #[test]
    fn a_jpeg_2000_says_its_size_and_colours() {
        let mut data = b"....colr\x01\0\0\0\0\0\x0C....jp2c\xFF\x4F\xFF\x51".to_vec();
        let numbers: [u32; 8] = [300, 200, 100, 50, 300, 200, 0, 0];
        data.extend([0, 47, 0, 0]);
        data.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
        data.extend([0, 4]);
        let head = jpeg2000(&data).expect("a head");
        assert_eq!((head.width, head.height, head.count), (200, 150, 4));
        assert_eq!(head.colours, Some(4));
        assert_eq!(jpeg2000(&data[..40]), None);
    }
}
