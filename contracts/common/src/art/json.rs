//! What wallets and markets read of a ticket.

use super::{
    Base64, Face, Sink, svg, text::text, write_amount, write_name, write_number, write_state,
};

pub(super) fn write(out: &mut impl Sink, face: &Face) {
    text!(out, "{\"name\":\"");
    write_name(out, face);
    text!(out, "\",\"description\":\"A claim on METIS. Its batch is filled in order; ");
    text!(
        out,
        "what is filled can be claimed at any time.\",\"image\":\"data:image/svg+xml;base64,"
    );
    let mut image = Base64::new(out);
    svg::write(&mut image, face);
    image.finish();
    text!(out, "\",\"attributes\":[{\"trait_type\":\"Batch\",\"value\":");
    write_number(out, face.batch.into());
    text!(out, "},{\"trait_type\":\"Ticket\",\"value\":");
    write_number(out, face.place.into());
    text!(out, "},{\"trait_type\":\"State\",\"value\":\"");
    write_state(out, face.state);
    text!(out, "\"},{\"trait_type\":\"METIS\",\"value\":\"");
    write_amount(out, face.nominal);
    text!(out, "\"},{\"trait_type\":\"Claimed\",\"value\":\"");
    write_amount(out, face.claimed);
    text!(out, "\"},{\"trait_type\":\"Claimable\",\"value\":\"");
    write_amount(out, face.claimable);
    text!(out, "\"}]}");
}
