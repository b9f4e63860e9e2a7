//! What wallets show of a ticket can be read by their libraries, and is true.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests, not programs"
)]

use base64::{Engine, engine::general_purpose::STANDARD};
use emetis_common::art::{Base64, Face, Sink, State, write_amount, write_number, write_uri};
use proptest::prelude::*;
use serde_json::{Value, json};

const METIS: u128 = 1_000_000_000_000_000_000;
/// The largest amount: 84 bits.
const LARGEST: u128 = (1 << 84) - 1;
/// The longest answer that the queue gives.
const LIMIT: usize = 4_096;

#[derive(Default)]
struct Text(Vec<u8>);

impl Sink for Text {
    fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

fn written(write: impl FnOnce(&mut Text)) -> String {
    let mut text = Text::default();
    write(&mut text);
    String::from_utf8(text.0).unwrap()
}

fn decoded(uri: &str, kind: &str) -> String {
    let data = uri.strip_prefix(&format!("data:{kind};base64,")).unwrap();
    String::from_utf8(STANDARD.decode(data).unwrap()).unwrap()
}

/// The ticket as JSON, and its picture.
fn read(face: &Face) -> (Value, String) {
    let json: Value =
        serde_json::from_str(&decoded(&written(|out| write_uri(out, face)), "application/json"))
            .unwrap();
    let image = decoded(json["image"].as_str().unwrap(), "image/svg+xml");
    (json, image)
}

/// An amount of wei in METIS, as a person would write it.
fn metis(wei: u128) -> String {
    let text = format!("{}.{:018}", wei / METIS, wei % METIS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(METIS / 100),
        Just(METIS),
        Just(25 * METIS / 2),
        Just(LARGEST),
        (0..84_u32).prop_flat_map(|bits| 0..=(1_u128 << bits)),
    ]
}

fn face() -> impl Strategy<Value = Face> {
    let state = prop_oneof![Just(State::Open), Just(State::Closed), Just(State::Filled)];
    (any::<u32>(), any::<u32>(), amount(), amount(), amount(), state).prop_map(
        |(batch, place, nominal, claimed, claimable, state)| Face {
            batch,
            place,
            nominal,
            claimed,
            claimable,
            state,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_field_is_told_as_it_is(face in face()) {
        let (json, image) = read(&face);
        let state = format!("{:?}", face.state);

        prop_assert_eq!(
            json["name"].as_str().unwrap(),
            format!("Redemption ticket {}-{}", face.batch, face.place)
        );
        let trait_of = |kind: &str, value: Value| json!({"trait_type": kind, "value": value});
        prop_assert_eq!(
            &json["attributes"],
            &json!([
                trait_of("Batch", json!(face.batch)),
                trait_of("Ticket", json!(face.place)),
                trait_of("State", json!(state)),
                trait_of("METIS", json!(metis(face.nominal))),
                trait_of("Claimed", json!(metis(face.claimed))),
                trait_of("Claimable", json!(metis(face.claimable))),
            ])
        );
        prop_assert!(json["description"].as_str().unwrap().starts_with("A claim on METIS."));

        let picture = roxmltree::Document::parse(&image).unwrap();
        let texts: Vec<_> = picture.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text"))).filter_map(|node| node.text()).collect();
        prop_assert!(texts.contains(&metis(face.nominal).as_str()), "{:?}", texts);
        prop_assert!(texts.contains(&state.as_str()), "{:?}", texts);
    }

    #[test]
    fn the_bar_is_as_long_as_the_part_that_is_filled(face in face()) {
        let (_, image) = read(&face);
        let paid = face.claimed + face.claimable;

        let bar = (320 * paid).checked_div(face.nominal).unwrap_or(0).min(320);
        let end = format!(" width=\"{bar}\"/></svg>");
        prop_assert!(image.ends_with(&end), "{}", image);
    }

    #[test]
    fn base64_is_that_of_everybody_however_bytes_come(chunks: Vec<Vec<u8>>) {
        let ours = written(|out| {
            let mut encoder = Base64::new(out);
            for chunk in &chunks {
                encoder.push(chunk);
            }
            encoder.finish();
        });

        prop_assert_eq!(ours, STANDARD.encode(chunks.concat()));
    }

    #[test]
    fn numbers_and_amounts_are_exact(number: u64, wei in amount()) {
        prop_assert_eq!(written(|out| write_number(out, number)), number.to_string());
        prop_assert_eq!(written(|out| write_amount(out, wei)), metis(wei));
    }
}

#[test]
fn the_longest_fits() {
    let (largest, state) = (LARGEST, State::Filled);
    let face = Face {
        batch: u32::MAX,
        place: u32::MAX,
        nominal: largest,
        claimed: largest,
        claimable: largest,
        state,
    };

    let size = written(|out| write_uri(out, &face)).len();

    assert!(size <= LIMIT, "{size}");
}
