//! The storage cache grows dearer as a call goes on.

use super::kit::{Tx, everywhere};
use super::wat::Source;

/// Base and two pointers.
const TOUCH: u64 = 8_400 + 2 * 5_040;

/// `body` so many times.
fn repeated(times: u32, body: &str) -> Source {
    Source::new(format!(
        "(loop $again {body}
            (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                                    (i32.const {times}))))
         (i32.const 0)"
    ))
    .locals("(local $i i32)")
}

#[track_caller]
fn prices(source: &Source, hook: &str) -> Vec<u64> {
    let frame = everywhere(|world| {
        let program = world.program(&source.text());
        world.send(Tx::to(program)).frame
    });
    frame.ok().hooks(hook)
}

#[test]
fn loads_cost_more_from_the_33rd_and_from_the_129th() {
    let source = repeated(140, "(call $storage_load_bytes32 (i32.const 0) (i32.const 32))");

    let prices = prices(&source, "storage_load_bytes32");

    assert_eq!(prices.len(), 140);
    assert_eq!(prices[0], TOUCH + 10_000 * (2_100 + 5), "the first reaches the EVM");
    assert_eq!(prices[1..32], [TOUCH; 31]);
    assert_eq!(prices[32..128], [TOUCH + 10_000 * 2; 96]);
    assert_eq!(prices[128..], [TOUCH + 10_000 * 10; 12]);
}

#[test]
fn a_miss_pays_its_tier_besides() {
    // Key i in the last byte: each load is a miss.
    let source = repeated(
        130,
        "(i32.store8 (i32.const 31) (local.get $i))
         (call $storage_load_bytes32 (i32.const 0) (i32.const 32))",
    );

    let prices = prices(&source, "storage_load_bytes32");

    let miss = |tier: u64| TOUCH + 10_000 * (2_100 + 5 + tier);
    assert_eq!(prices[..32], [miss(0); 32]);
    assert_eq!(prices[32..128], [miss(2); 96]);
    assert_eq!(prices[128..], [miss(10); 2]);
}

#[test]
fn writes_cost_more_from_the_9th_and_from_the_65th() {
    let source = repeated(70, "(call $storage_cache_bytes32 (i32.const 0) (i32.const 32))");

    let prices = prices(&source, "storage_cache_bytes32");

    assert_eq!(prices.len(), 70);
    assert_eq!(prices[..8], [TOUCH; 8]);
    assert_eq!(prices[8..64], [TOUCH + 10_000 * 7; 56]);
    assert_eq!(prices[64..], [TOUCH + 10_000 * 10; 6]);
}

#[test]
fn reads_and_writes_are_counted_apart() {
    let source = repeated(
        9,
        "(call $storage_cache_bytes32 (i32.const 0) (i32.const 32))
         (call $storage_load_bytes32 (i32.const 0) (i32.const 32))",
    );

    let loads = prices(&source, "storage_load_bytes32");
    let writes = prices(&source, "storage_cache_bytes32");

    assert_eq!(loads, [TOUCH; 9]);
    assert_eq!(writes[8], TOUCH + 10_000 * 7);
}

#[test]
fn every_call_counts_from_one() {
    // Nine writes in each of two calls: neither reaches the third tier.
    let source = repeated(9, "(call $storage_cache_bytes32 (i32.const 0) (i32.const 32))");

    let (first, second) = everywhere(|world| {
        let program = world.program(&source.text());
        let prices = |frame: &super::kit::Frame| frame.ok().hooks("storage_cache_bytes32");
        let first = prices(&world.send(Tx::to(program)).frame);
        (first, prices(&world.send(Tx::to(program)).frame))
    });

    assert_eq!(first, second);
    assert_eq!(first[7..], [TOUCH, TOUCH + 10_000 * 7]);
}
