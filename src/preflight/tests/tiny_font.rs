//! Font programs of three glyphs, written by hand: `.notdef`, and two squares
//! that are as wide as a test wants.

/// Where a table begins, and what is in it.
type Table = ([u8; 4], Vec<u8>);

fn number(value: i32) -> Vec<u8> {
    let mut out = vec![29];
    out.extend(value.to_be_bytes());
    out
}

/// An INDEX of CFF.
fn index(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut out = (parts.len() as u16).to_be_bytes().to_vec();
    if parts.is_empty() {
        return out;
    }
    out.push(2);
    let mut at = 1_u16;
    out.extend(at.to_be_bytes());
    for part in parts {
        at += part.len() as u16;
        out.extend(at.to_be_bytes());
    }
    out.extend(parts.concat());
    out
}

/// A bare CFF program: of CIDs 1 and 2, or of the letters A and B.
pub(super) fn cff(cid: bool, widths: [i32; 3]) -> Vec<u8> {
    let square = |width: i32| {
        let mut out = number16(width);
        for part in [0, 0] {
            out.extend(number16(part));
        }
        out.push(21); // rmoveto
        for (far, operator) in [(400, 6), (400, 7), (-400, 6)] {
            out.extend(number16(far));
            out.push(operator);
        }
        out.push(14); // endchar
        out
    };
    let glyphs = index(&widths.map(square));
    let names: [u16; 2] = if cid { [1, 2] } else { [34, 35] };
    let mut charset = vec![0];
    charset.extend(names.iter().flat_map(|name| name.to_be_bytes()));
    let select = vec![0; 4];
    let private = [number(0), vec![20]].concat();
    let strings = match cid {
        true => index(&[b"Adobe".to_vec(), b"Identity".to_vec()]),
        false => index(&[]),
    };
    let head = [vec![1, 0, 4, 2], index(&[b"Tiny".to_vec()])].concat();
    let rest = [strings, index(&[])].concat();
    // offsets take five bytes each, so lengths do not depend on them
    let top = |at: &[usize; 5]| {
        let of = |nth: usize| number(at[nth] as i32);
        let mut out = Vec::new();
        if cid {
            out.extend([number(391), number(392), number(0), vec![12, 30]].concat());
            out.extend([of(2), vec![12, 37], of(4), vec![12, 36]].concat());
        } else {
            out.extend([number(private.len() as i32), of(3), vec![18]].concat());
        }
        out.extend([of(0), vec![15], of(1), vec![17]].concat());
        index(&[out])
    };
    let start = head.len() + top(&[0; 5]).len() + rest.len();
    let mut at = [start; 5];
    for (nth, part) in [&charset, &glyphs, &select, &private].iter().enumerate() {
        at[nth + 1] = at[nth] + part.len();
    }
    let inner = index(&[[number(private.len() as i32), number(at[3] as i32), vec![18]].concat()]);
    let mut out = [head, top(&at), rest, charset, glyphs, select, private].concat();
    if cid {
        out.extend(inner);
    }
    out
}

fn number16(value: i32) -> Vec<u8> {
    let [high, low] = (value as i16).to_be_bytes();
    vec![28, high, low]
}

/// A TrueType program of 2000 units an em; its codes A and B are glyphs 1 and
/// 2.
pub(super) fn truetype(widths: [u16; 3]) -> Vec<u8> {
    let words =
        |list: &[u16]| -> Vec<u8> { list.iter().flat_map(|word| word.to_be_bytes()).collect() };
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&[0x5F, 0x0F, 0x3C, 0xF5]);
    head[18..20].copy_from_slice(&2000_u16.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[34..].copy_from_slice(&3_u16.to_be_bytes());
    let mut maxp = vec![0; 32];
    maxp[..6].copy_from_slice(&[0, 1, 0, 0, 0, 3]);
    let bearings = widths.map(|width| [width, 0]);
    let hmtx = words(bearings.as_flattened());
    // one contour of three points, and no instructions
    let glyph = words(&[
        1, 0, 0, 800, 800, 2, 0, 0x0101, 0x0100, 0, 800, 0, 0, 0, 800,
    ]);
    let half = (glyph.len() / 2) as u16;
    let loca = words(&[0, half, half * 2, half * 3]);
    let glyf = [&*glyph, &*glyph, &*glyph].concat();
    let mut map = words(&[0, 1, 1, 0, 0, 12, 0, 262, 0]);
    map.extend((0..=255).map(|code| match code {
        b'A' => 1,
        b'B' => 2,
        _ => 0,
    }));
    let tables: [Table; 7] = [
        (*b"cmap", map),
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", hmtx),
        (*b"loca", loca),
        (*b"maxp", maxp),
    ];
    let mut out = vec![0, 1, 0, 0];
    out.extend(words(&[tables.len() as u16, 64, 2, 48]));
    let mut at = out.len() + tables.len() * 16;
    for (tag, data) in &tables {
        out.extend(tag);
        for value in [0, at as u32, data.len() as u32] {
            out.extend(value.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        out.extend(data);
    }
    out
}

/// As the parts of a test file hold bytes.
pub(super) fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
