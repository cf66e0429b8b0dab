//! What a page says of itself, or the tree of pages says for it.

use super::{Dict, Object, Page};

/// Nodes above a page that are asked.
const HIGHEST: usize = 64;

/// An attribute of a page, its own or else of the nearest node above it that
/// has one: `Resources`, `MediaBox`, `CropBox` and `Rotate` are handed down.
/// One that is no `T` is passed over.
pub(crate) fn inherited<'a, T>(page: &Page<'a>, key: &str) -> Option<T>
where
    T: TryFrom<Object<'a>>,
{
    let mut node = page.raw().clone();
    for _ in 0..HIGHEST {
        let found = node.get::<Object<'a>>(key);
        if let Some(found) = found.and_then(|found| T::try_from(found).ok()) {
            return Some(found);
        }
        node = node.get::<Dict<'a>>("Parent")?;
    }
    None
}

/// A box of a page: left, bottom, right and top. Of those that are for the
/// press no tree says anything.
pub(crate) fn edges(page: &Page<'_>, key: &str) -> Option<[f64; 4]> {
    let [a, b, c, d] = match key {
        "MediaBox" | "CropBox" => inherited::<[f64; 4]>(page, key)?,
        _ => page.raw().get::<[f64; 4]>(key)?,
    };
    let edges = [a.min(c), b.min(d), a.max(c), b.max(d)];
    edges.iter().all(|edge| edge.is_finite()).then_some(edges)
}

/// Points that a unit of the page's space is (`UserUnit`).
pub(crate) fn unit(page: &Page<'_>) -> f64 {
    let unit = page.raw().get::<f64>("UserUnit");
    unit.filter(|unit| (0.001..=1000.0).contains(unit))
        .unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::bytes::Bytes;

    #[test]
    fn what_a_page_does_not_say_the_tree_says() {
        let file = b"%PDF-1.6
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 /CropBox [9 8 0 1] /Parent 2 0 R >> endobj
3 0 obj << /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 /Rotate (x) >> endobj
4 0 obj << /Type /Page /Parent 3 0 R /MediaBox [0 0 72 72] /UserUnit 2 >> endobj
trailer << /Root 1 0 R >>";
        let file = super::super::open(&Bytes::from(file.to_vec())).expect("a PDF");
        let page = &file.pages()[0];
        assert_eq!(inherited::<i32>(page, "Rotate"), Some(90));
        assert_eq!(edges(page, "CropBox"), Some([0.0, 1.0, 9.0, 8.0]));
        assert_eq!(edges(page, "MediaBox"), Some([0.0, 0.0, 72.0, 72.0]));
        assert_eq!(
            inherited::<i32>(page, "None"),
            None,
            "a tree in a circle ends"
        );
        assert!((unit(page) - 2.0).abs() < 1e-9);
    }
}
