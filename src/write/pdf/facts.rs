//! What a file says of itself: once as Info dictionary, once as XMP packet,
//! from the same facts, so that the two are equal (X4).

use pdf_writer::types::TrappingStatus;
use pdf_writer::{Chunk, Date as PdfDate, Finish, Name, Pdf, Ref, Str, TextStr};

use super::{Day, Options, Profile};
use crate::page::Page;

/// The program, as the author of the document.
const CREATOR: &str = "banxin 版心";
/// The program, as the writer of the PDF.
const PRODUCER: &str = concat!("banxin ", env!("CARGO_PKG_VERSION"));

/// The day of a file to a PDF/X profile whose caller knows none: X4 requires
/// a date, and the clock would change the bytes. The beginning of Unix time is
/// read as "not known" everywhere.
const NO_DAY: Day = Day {
    year: 1970,
    month: 1,
    day: 1,
};

/// What both say.
pub(super) struct Facts<'a> {
    title: &'a str,
    day: Option<Day>,
    profile: Profile<'a>,
}

impl<'a> Facts<'a> {
    /// The facts of `pages`: their first title and number where the options
    /// name no title.
    pub(super) fn of(pages: &'a [Page], options: &Options<'a>) -> Self {
        let first = pages.first();
        let titles = [
            options.title,
            first.map_or("", |page| page.title.as_str()),
            first.map_or("", |page| page.number.as_ref()),
            CREATOR,
        ];
        let profile = options.profile;
        let usual = (!matches!(profile, Profile::Plain)).then_some(NO_DAY);
        Self {
            title: titles
                .into_iter()
                .find(|title| !title.trim().is_empty())
                .unwrap_or(CREATOR),
            day: options.date.or(usual),
            profile,
        }
    }

    /// The Info dictionary (X4, X10).
    pub(super) fn write_info(&self, pdf: &mut Pdf, id: Ref) {
        let mut info = pdf.document_info(id);
        info.title(TextStr(self.title))
            .creator(TextStr(CREATOR))
            .producer(TextStr(PRODUCER))
            .trapped(TrappingStatus::NotTrapped);
        if let Some(day) = self.day {
            let date = PdfDate::new(day.year)
                .month(day.month)
                .day(day.day)
                .hour(0)
                .minute(0)
                .second(0)
                .utc_offset_hour(8)
                .utc_offset_minute(0);
            info.creation_date(date).modified_date(date);
        }
        if let Some(claim) = self.profile.claim() {
            info.pair(Name(b"GTS_PDFXVersion"), Str(claim.as_bytes()));
        }
        info.finish();
    }

    /// The XMP packet (X5–X9), its ids from `content`, a digest of everything
    /// else in the file. `None` where the profile makes no claim.
    pub(super) fn packet(&self, content: [u8; 16]) -> Option<String> {
        let claim = self.profile.claim()?;
        let (prefix, space) = match self.profile {
            Profile::X1a(_) => ("pdfx", "http://ns.adobe.com/pdfx/1.3/"),
            Profile::X4(_) | Profile::Plain => ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
        };
        let date = self.day.map_or(String::new(), |day| {
            let Day { year, month, day } = day;
            format!("{year:04}-{month:02}-{day:02}T00:00:00+08:00")
        });
        let title = escaped(self.title);
        let id = uuid(content);
        Some(format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
             xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
             xmlns:{prefix}=\"{space}\">\n\
             <dc:format>application/pdf</dc:format>\n\
             <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
             <xmp:CreateDate>{date}</xmp:CreateDate>\n\
             <xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
             <xmp:MetadataDate>{date}</xmp:MetadataDate>\n\
             <xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\n\
             <pdf:Producer>{PRODUCER}</pdf:Producer>\n\
             <pdf:Trapped>False</pdf:Trapped>\n\
             <xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>\n\
             <xmpMM:InstanceID>uuid:{id}</xmpMM:InstanceID>\n\
             <xmpMM:VersionID>1</xmpMM:VersionID>\n\
             <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n\
             <{prefix}:GTS_PDFXVersion>{claim}</{prefix}:GTS_PDFXVersion>\n\
             </rdf:Description>\n\
             </rdf:RDF>\n\
             </x:xmpmeta>\n\
             <?xpacket end=\"w\"?>"
        ))
    }
}

/// Writes the packet as it is: metadata must be found by programs that know
/// nothing of PDF (X5: no Filter).
pub(super) fn write_packet(chunk: &mut Chunk, id: Ref, packet: &str) {
    chunk.metadata(id, packet.as_bytes()).finish();
}

/// Text of an XML element. Control characters, which XML cannot hold, are
/// left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A digest as a UUID of version 8, the one for makers' own contents (RFC
/// 9562, 5.8).
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut out = String::with_capacity(36);
    for (n, byte) in bytes.iter().enumerate() {
        if matches!(n, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, uuid};

    #[test]
    fn x9_an_id_is_a_uuid() {
        assert_eq!(uuid([0xFF; 16]), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-8000-8000-000000000000");
    }

    #[test]
    fn x7_a_title_is_text_and_no_markup() {
        assert_eq!(escaped("<甲>&乙\n\u{1}丙"), "&lt;甲&gt;&amp;乙 丙");
    }
}
