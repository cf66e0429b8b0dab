//! SVG: line art as outlines in flat colours.
//!
//! The door to `usvg`. What a press cannot print as plain outlines — text
//! without outlines, embedded pictures, filters, masks, transparency,
//! gradients — is refused, never left out in silence.

use usvg::roxmltree::{Document, ParsingOptions};
use usvg::tiny_skia_path::{Path, PathSegment, PathStroker, Point};
use usvg::{FillRule, Group, LineCap, LineJoin, Node, Options, Paint, PaintOrder, Transform, Tree};

use super::{Head, PhotoFault, PhotoFormat, tenths};

/// Line art.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The outlines, in the order they are drawn.
    pub outlines: Vec<Outline>,
}

/// One outline, in points from the upper left corner: filled, stroked, or
/// filled and then stroked.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Its way.
    pub steps: Vec<OutlineStep>,
    /// Red, green and blue of its inside, and whether it is filled by the
    /// even-odd rule.
    pub fill: Option<([u8; 3], bool)>,
    /// How its line is drawn.
    pub stroke: Option<Stroke>,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlineStep {
    /// The pen is set down.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A cubic curve: handles and end.
    Curve([[f32; 2]; 3]),
    /// Back to where it was set down.
    Close,
}

/// The line of an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// Its thickness.
    pub width: f32,
    /// 0 butt, 1 round, 2 square.
    pub cap: u8,
    /// 0 miter, 1 round, 2 bevel.
    pub join: u8,
    /// How far a miter may reach, in thicknesses; never below 1. A sharper
    /// corner is cut off.
    pub miter: f32,
    /// Dashes and gaps.
    pub dashes: Vec<f32>,
    /// How far into the dashes it begins; never below 0.
    pub phase: f32,
}

/// Whether bytes look like an SVG: XML with an `svg` element near its start.
pub(super) fn is_svg(data: &[u8]) -> bool {
    // comments and a document type may stand in front of it
    let head = data.get(..data.len().min(0x1_0000)).unwrap_or(data);
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let begins = text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    begins && head.windows(4).any(|four| four == b"<svg")
}

/// Reads a file and sees that all of it can be drawn.
pub(super) fn read(data: &[u8]) -> Result<Head, PhotoFault> {
    let drawing = drawing(data)?;
    let (width, height) = (tenths(drawing.width), tenths(drawing.height));
    Ok(Head::art(PhotoFormat::Svg, width, height))
}

/// The outlines of a file.
pub(crate) fn drawing(data: &[u8]) -> Result<Drawing, PhotoFault> {
    let text = std::str::from_utf8(data)
        .map_err(|_| PhotoFault::damaged("SVG 不是 UTF-8 文字", "the SVG is not UTF-8"))?;
    plain_elements(text)?;
    let tree = Tree::from_str(text, &Options::default())
        .map_err(|_| PhotoFault::damaged("SVG 写错了", "the SVG cannot be read"))?;
    let mut outlines = Vec::new();
    group(tree.root(), &mut outlines)?;
    if outlines.is_empty() {
        return Err(PhotoFault::refused(
            "SVG 里没有画出任何东西",
            "the SVG draws nothing",
        ));
    }
    // a pixel of an SVG is three quarters of a point
    let points = |length: f32| length * 0.75;
    let size = tree.size();
    Ok(Drawing {
        width: points(size.width()),
        height: points(size.height()),
        outlines,
    })
}

/// Elements that would be lost are refused by name.
fn plain_elements(text: &str) -> Result<(), PhotoFault> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|_| PhotoFault::damaged("SVG 写错了", "the SVG cannot be read"))?;
    let ids: Vec<&str> = (document.descendants())
        .filter_map(|node| node.attribute("id"))
        .collect();
    for node in document.descendants() {
        match node.tag_name().name() {
            "use" => {
                let href = node.attributes().find(|one| one.name() == "href");
                let inside = href.and_then(|href| href.value().strip_prefix('#'));
                if !inside.is_some_and(|id| ids.contains(&id)) {
                    return Err(PhotoFault::refused(
                        "SVG 的 use 指的东西不在文件里；请导出成一个独立的 SVG",
                        "the SVG uses what is not in the file; export it as one file",
                    ));
                }
            }
            "text" | "tspan" | "textPath" => {
                return Err(PhotoFault::refused(
                    "SVG 里有文字；请先把文字转为轮廓（曲线）",
                    "the SVG has text; convert it to outlines first",
                ));
            }
            "image" | "foreignObject" => {
                return Err(PhotoFault::refused(
                    "SVG 里嵌了图片；请把图片单独给出，或导出成一页 PDF",
                    "the SVG holds a picture; give the picture by itself, or export a PDF of one page",
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

fn group(group: &Group, outlines: &mut Vec<Outline>) -> Result<(), PhotoFault> {
    let plain = group.opacity().get() >= 1.0
        && group.blend_mode() == usvg::BlendMode::Normal
        && group
            .clip_path()
            .is_none_or(|clip| cuts_nothing(clip, group))
        && group.mask().is_none()
        && group.filters().is_empty();
    if !plain {
        return Err(not_flat());
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => self::group(inner, outlines)?,
            Node::Path(path) if path.is_visible() => outlines.extend(painted(path)?),
            Node::Path(_) => {}
            _ => return Err(not_flat()),
        }
    }
    Ok(())
}

/// Whether a clip is an upright box around all that it would clip, as every
/// `symbol` has one.
fn cuts_nothing(clip: &usvg::ClipPath, group: &Group) -> bool {
    let [Node::Path(path)] = clip.root().children() else {
        return false;
    };
    let bounds = path.data().bounds();
    let corner = |point: &Point| {
        (point.x == bounds.left() || point.x == bounds.right())
            && (point.y == bounds.top() || point.y == bounds.bottom())
    };
    let upright = path.abs_transform().is_scale_translate() || path.abs_transform().is_identity();
    let (outer, inner) = (path.bounding_box(), group.stroke_bounding_box());
    let holds = outer.left() <= inner.left()
        && outer.top() <= inner.top()
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom();
    clip.clip_path().is_none() && upright && path.data().points().iter().all(corner) && holds
}

fn not_flat() -> PhotoFault {
    PhotoFault::refused(
        "SVG 用了透明、渐变、蒙版或滤镜；请导出成一页 PDF，或改成平涂的轮廓",
        "the SVG uses transparency, gradients, masks or filters; export a PDF of one page, or use flat outlines",
    )
}

/// What a path paints, in the order it does.
///
/// Where one outline cannot tell it there are two: a stroke that lies below
/// the fill (`paint-order`), a path with pieces of no area, which SVG does not
/// fill and PDF would as the thinnest line the device has, and a stroke drawn
/// out in one direction, whose pen is no circle any more.
fn painted(path: &usvg::Path) -> Result<Vec<Outline>, PhotoFault> {
    let all = steps(path.data(), path.abs_transform());
    let inside: Vec<_> = (all.chunk_by(|_, next| !matches!(next, OutlineStep::Move(_))))
        .filter(|piece| has_area(piece))
        .collect();
    let inside = inside.concat();
    let fill = path.fill().filter(|_| !inside.is_empty());
    let fill = fill.map(|fill| {
        let colour = flat(fill.paint(), fill.opacity().get())?;
        Ok((colour, fill.rule() == FillRule::EvenOdd))
    });
    let (fill, stroke) = (fill.transpose()?, stroke(path)?);
    let whole = inside.len() == all.len();
    let filled = fill.map(|fill| Outline {
        steps: inside,
        fill: Some(fill),
        stroke: None,
    });
    let stroked = match stroke {
        Some(stroke) if !is_even(path.abs_transform()) => Some(drawn_out(path, stroke.colour)?),
        Some(stroke) => Some(Outline {
            steps: all,
            fill: None,
            stroke: Some(stroke),
        }),
        None => None,
    };
    let below = path.paint_order() == PaintOrder::StrokeAndFill;
    Ok(match (filled, stroked) {
        (Some(filled), Some(stroked)) if below => vec![stroked, filled],
        (Some(filled), Some(stroked)) if whole && stroked.fill.is_none() => vec![Outline {
            fill: filled.fill,
            ..stroked
        }],
        (filled, stroked) => filled.into_iter().chain(stroked).collect(),
    })
}

/// Whether a transform keeps circles round.
fn is_even(transform: Transform) -> bool {
    let Transform { sx, kx, ky, sy, .. } = transform;
    let (across, down) = (sx * sx + ky * ky, kx * kx + sy * sy);
    let tolerance = (across + down) * 1e-4;
    (across - down).abs() <= tolerance && (sx * kx + ky * sy).abs() <= tolerance
}

/// The area that the pen of a path covers, where its transform draws the pen
/// out to an ellipse: PDF draws lines with a round one here.
fn drawn_out(path: &usvg::Path, colour: [u8; 3]) -> Result<Outline, PhotoFault> {
    // finer than any plate
    const FINE: f32 = 8.0;
    let transform = path.abs_transform();
    let scale = PathStroker::compute_resolution_scale(&transform) * FINE;
    let area = path.stroke().and_then(|stroke| {
        let stroke = stroke.to_tiny_skia();
        match &stroke.dash {
            Some(dash) => path.data().dash(dash, scale)?.stroke(&stroke, scale),
            None => path.data().stroke(&stroke, scale),
        }
    });
    let area = area.ok_or(PhotoFault::refused(
        "SVG 里有画不出来的描边；请先把描边转为轮廓",
        "the SVG has a stroke that cannot be drawn; convert strokes to outlines first",
    ))?;
    Ok(Outline {
        steps: steps(&area, transform),
        fill: Some((colour, false)),
        stroke: None,
    })
}

/// Whether a piece of an outline has an inside: its points do not all lie on
/// one line.
fn has_area(piece: &[OutlineStep]) -> bool {
    let mut points = piece.iter().flat_map(|step| match *step {
        OutlineStep::Move(to) | OutlineStep::Line(to) => vec![to],
        OutlineStep::Curve(points) => points.to_vec(),
        OutlineStep::Close => Vec::new(),
    });
    let Some([x, y]) = points.next() else {
        return false;
    };
    // the point farthest from the first gives the line
    let rays: Vec<[f64; 2]> = points
        .map(|[to_x, to_y]| [f64::from(to_x - x), f64::from(to_y - y)])
        .collect();
    let square = |[x, y]: [f64; 2]| x * x + y * y;
    let longest =
        rays.iter().copied().fold(
            [0.0; 2],
            |far, ray| {
                if square(ray) > square(far) { ray } else { far }
            },
        );
    // off the line by more than a hundred thousandth of its length: what is
    // less comes from rounding
    let off = |ray: &[f64; 2]| (ray[0] * longest[1] - ray[1] * longest[0]).abs();
    rays.iter().any(|ray| off(ray) > square(longest) * 1e-5)
}

/// A way, moved to its place.
fn steps(way: &Path, transform: Transform) -> Vec<OutlineStep> {
    let at = |point: Point| {
        let mut point = point;
        transform.map_point(&mut point);
        [point.x * 0.75, point.y * 0.75]
    };
    let mut steps = Vec::new();
    let mut last = Point::zero();
    for segment in way.segments() {
        steps.push(match segment {
            PathSegment::MoveTo(to) => {
                last = to;
                OutlineStep::Move(at(to))
            }
            PathSegment::LineTo(to) => {
                last = to;
                OutlineStep::Line(at(to))
            }
            PathSegment::QuadTo(handle, to) => {
                let third = |end: Point| {
                    Point::from_xy(
                        end.x + (handle.x - end.x) * 2.0 / 3.0,
                        end.y + (handle.y - end.y) * 2.0 / 3.0,
                    )
                };
                let handles = [at(third(last)), at(third(to))];
                last = to;
                OutlineStep::Curve([handles[0], handles[1], at(to)])
            }
            PathSegment::CubicTo(one, two, to) => {
                last = to;
                OutlineStep::Curve([at(one), at(two), at(to)])
            }
            PathSegment::Close => OutlineStep::Close,
        });
    }
    steps
}

/// The colour of a paint that covers all below it.
fn flat(paint: &Paint, opacity: f32) -> Result<[u8; 3], PhotoFault> {
    match paint {
        Paint::Color(colour) if opacity >= 1.0 => Ok([colour.red, colour.green, colour.blue]),
        _ => Err(not_flat()),
    }
}

/// The line of a path.
fn stroke(path: &usvg::Path) -> Result<Option<Stroke>, PhotoFault> {
    let Some(stroke) = path.stroke() else {
        return Ok(None);
    };
    let transform = path.abs_transform();
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky)
        .abs()
        .sqrt()
        * 0.75;
    let dashes = stroke.dasharray().unwrap_or_default();
    // SVG may begin before the first dash, PDF must not
    let around: f32 = dashes.iter().sum();
    let phase = if around > 0.0 {
        stroke.dashoffset().rem_euclid(around)
    } else {
        0.0
    };
    Ok(Some(Stroke {
        colour: flat(stroke.paint(), stroke.opacity().get())?,
        width: stroke.width().get() * scale,
        cap: match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        },
        miter: stroke.miterlimit().get(),
        dashes: dashes.iter().map(|dash| dash * scale).collect(),
        phase: phase * scale,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">{inside}</svg>"
        )
    }

    #[test]
    fn outlines_come_in_points_with_their_colours() {
        let text = svg(
            "<g transform=\"translate(4 0)\"><path d=\"M0 0 L8 0 L8 8 Z\" fill=\"#ff0000\"/></g>",
        );
        let drawing = drawing(text.as_bytes()).expect("a drawing");
        assert_eq!((drawing.width, drawing.height), (30.0, 15.0));
        let outline = &drawing.outlines[0];
        assert_eq!(outline.fill, Some(([255, 0, 0], false)));
        assert_eq!(outline.steps[0], OutlineStep::Move([3.0, 0.0]));
        assert_eq!(outline.steps[2], OutlineStep::Line([9.0, 6.0]));
        assert_eq!(outline.steps[3], OutlineStep::Close);
    }

    /// The outlines that paths inside an SVG become.
    fn painted(inside: &str) -> Vec<Outline> {
        drawing(svg(inside).as_bytes()).expect("a drawing").outlines
    }

    #[test]
    fn strokes_keep_their_miter_limit_and_where_their_dashes_begin() {
        let stroke = |more: &str| {
            let path = format!("<path d=\"M0 0 L8 1 L0 2\" fill=\"none\" stroke=\"#000\" {more}/>");
            painted(&path)[0].stroke.clone().expect("a stroke")
        };
        assert_eq!(stroke("").miter, 4.0);
        assert_eq!(stroke("stroke-miterlimit=\"9\"").miter, 9.0);
        // an eighth of six points of dash and gap, forwards and backwards
        let dashes = "stroke-dasharray=\"4\" stroke-dashoffset";
        assert_eq!(stroke(&format!("{dashes}=\"1\"")).phase, 0.75);
        assert_eq!(stroke(&format!("{dashes}=\"-1\"")).phase, 5.25);
        assert_eq!(stroke("stroke-dashoffset=\"1\"").phase, 0.0);
    }

    #[test]
    fn a_stroke_below_its_fill_is_drawn_first() {
        let rect = "<rect width=\"8\" height=\"8\" fill=\"#00f\" stroke=\"#0f0\"";
        let usual = painted(&format!("{rect}/>"));
        assert!(usual.len() == 1 && usual[0].fill.is_some() && usual[0].stroke.is_some());
        let below = painted(&format!("{rect} paint-order=\"stroke\"/>"));
        let painted: Vec<_> = (below.iter())
            .map(|one| (one.fill.is_some(), one.stroke.is_some()))
            .collect();
        assert_eq!(painted, [(false, true), (true, false)]);
        assert_eq!(below[0].steps, below[1].steps);
    }

    #[test]
    fn a_stroke_drawn_out_is_an_area() {
        let line = |transform: &str, more: &str| {
            painted(&format!(
                "<g transform=\"{transform}\"><path d=\"M2 2 H8 V8\" fill=\"none\" stroke=\"#f00\" {more}/></g>"
            ))
        };
        for even in [
            "scale(2)",
            "scale(-2 2)",
            "rotate(30)",
            "matrix(0 3 -3 0 1 1)",
        ] {
            assert!(line(even, "")[0].stroke.is_some(), "{even}");
        }
        for uneven in ["scale(3 1)", "skewX(20)", "rotate(45) scale(1 2)"] {
            let lines = line(uneven, "stroke-dasharray=\"1\"");
            assert!(lines.len() == 1 && lines[0].stroke.is_none(), "{uneven}");
            assert_eq!(lines[0].fill, Some(([255, 0, 0], false)));
        }
        // a line of 1 by 6, drawn out to three times its width: 0.75 points a unit
        let area =
            painted("<path transform=\"scale(3 1)\" d=\"M2 2 V8\" fill=\"none\" stroke=\"#f00\"/>");
        let ends: Vec<[f32; 2]> = (area[0].steps.iter())
            .filter_map(|step| match *step {
                OutlineStep::Move(to) | OutlineStep::Line(to) => Some(to),
                _ => None,
            })
            .collect();
        let range = |axis: usize| {
            let values = ends.iter().map(|end| end[axis]);
            (
                values.clone().fold(f32::MAX, f32::min),
                values.fold(0.0, f32::max),
            )
        };
        assert_eq!((range(0), range(1)), ((3.375, 5.625), (1.5, 6.0)));
    }

    #[test]
    fn what_has_no_area_is_not_filled() {
        let stroke = "stroke=\"#000\"";
        for line in [
            "M0 8 H9",
            "M1 1 L9 7",
            "M1 1 L9 7 Z",
            "M0.1 0.1 L3.3 3.3 L7.7 7.7",
        ] {
            let lines = painted(&format!("<path d=\"{line}\" {stroke}/>"));
            assert!(lines.len() == 1 && lines[0].fill.is_none(), "{line}");
            assert!(drawing(svg(&format!("<path d=\"{line}\"/>")).as_bytes()).is_err());
        }
        // of a path in pieces, those that have one are
        let pieces = painted(&format!("<path d=\"M0 8 H9 M0 0 H8 V8 Z\" {stroke}/>"));
        assert_eq!(pieces.len(), 2);
        assert_eq!(
            (pieces[0].steps.len(), pieces[0].stroke.is_some()),
            (4, false)
        );
        assert_eq!(
            (pieces[1].steps.len(), pieces[1].fill.is_some()),
            (6, false)
        );
        // a curve that bends has an inside, and so has a flat triangle
        for area in ["M0 0 Q8 8 9 0", "M0 0 L30 0 L15 0.1"] {
            assert!(
                painted(&format!("<path d=\"{area}\"/>"))[0].fill.is_some(),
                "{area}"
            );
        }
    }

    #[test]
    fn no_drawing_is_too_large() {
        let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9000\" height=\"9000\"><rect width=\"9\" height=\"9\"/></svg>";
        let art = crate::base::photo::Photo::read("a.svg", wide.as_bytes().to_vec().into());
        assert_eq!(art.map(|art| art.width), Ok(67_500), "tenths of a point");
    }

    #[test]
    fn a_document_type_and_a_symbol_are_no_fault() {
        let svg = |inside: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" viewBox=\"0 0 40 20\">{inside}</svg>"
            )
        };
        let rect = "<rect x=\"1\" y=\"1\" width=\"8\" height=\"8\"/>";
        let typed = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n";
        let typed = format!("<?xml version=\"1.0\"?>\n{typed}{}", svg(rect));
        let symbol = svg(&format!(
            "<symbol id=\"a\" viewBox=\"0 0 10 10\">{rect}</symbol><use href=\"#a\" width=\"10\" height=\"10\"/>"
        ));
        let late = format!("<!--{}-->{}", "x".repeat(2000), svg(rect));
        for good in [typed, symbol, late] {
            assert!(is_svg(good.as_bytes()), "{good}");
            assert_eq!(
                drawing(good.as_bytes()).map(|art| art.outlines.len()),
                Ok(1),
                "{good}"
            );
        }
        // a symbol that reaches out of its box would be cut
        let cut = svg(
            "<symbol id=\"a\" viewBox=\"0 0 5 5\"><rect width=\"9\" height=\"9\"/></symbol><use href=\"#a\" width=\"5\" height=\"5\"/>",
        );
        assert!(drawing(cut.as_bytes()).is_err());
    }

    #[test]
    fn what_draws_nothing_is_refused() {
        let svg = |inside: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">{inside}</svg>"
            )
        };
        for inside in [
            "",
            "<use id=\"a\" href=\"#a\"/>",
            "<path d=\"nan\"/>",
            "<rect width=\"9\" height=\"9\"/><use href=\"other.svg#x\"/>",
            "<rect width=\"9\" height=\"9\"/><use href=\"#nowhere\"/>",
        ] {
            assert!(drawing(svg(inside).as_bytes()).is_err(), "{inside}");
        }
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        let inside = [
            "<text x=\"0\" y=\"9\">字</text>",
            "<image href=\"a.png\" width=\"4\" height=\"4\"/>",
            "<rect width=\"4\" height=\"4\" opacity=\"0.5\"/>",
            "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"red\"/><stop offset=\"1\" stop-color=\"blue\"/></linearGradient></defs><rect width=\"4\" height=\"4\" fill=\"url(#g)\"/>",
        ];
        for inside in inside {
            let fault = drawing(svg(inside).as_bytes());
            assert!(
                matches!(fault, Err(PhotoFault::Refused(..))),
                "{inside}: {fault:?}"
            );
        }
        assert!(matches!(drawing(b"<svg"), Err(PhotoFault::Damaged(..))));
    }
}
