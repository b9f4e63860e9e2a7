//! Every property can fail, and every broken variant is noticed.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use emetis_common::mutants::{MUTANTS as NUMBERED, in_stories};

use super::kit::{MUTANTS, ROOMY, plan};
use crate::invariants::mutants::{LIMIT, Trial, pairs, try_mutant};
use crate::invariants::spec::PROPERTIES;

#[test]
fn every_property_has_a_mutant_and_every_mutant_a_property() {
    let of_properties = PROPERTIES.iter().flat_map(|property| property.mutants).copied();
    let named: BTreeSet<u32> = of_properties.chain(in_stories()).collect();
    let numbered: BTreeSet<u32> = NUMBERED.iter().map(|(number, ..)| *number).collect();

    for property in PROPERTIES {
        assert!(!property.mutants.is_empty(), "nothing shows that {} can fail", property.id);
        assert!(property.minimum > 0, "{} may go unexercised", property.id);
    }
    assert_eq!(named, numbered);
    assert_eq!(numbered.len(), NUMBERED.len(), "a number is given twice");
}

#[test]
fn every_mutant_is_killed_by_its_property_whatever_the_seed() {
    // `emetis mutants`, which CI runs as well, has seed 1.
    const SEEDS: [u64; 2] = [2, 3];
    const STACK: usize = 64 << 20;
    let trials: Vec<_> =
        SEEDS.iter().flat_map(|seed| pairs().into_iter().map(move |pair| (*seed, pair))).collect();
    let next = AtomicUsize::new(0);
    let survivors = Mutex::new(Vec::new());

    std::thread::scope(|scope| {
        let work = || {
            while let Some((seed, (mutant, property))) =
                trials.get(next.fetch_add(1, Ordering::Relaxed))
            {
                let plan = plan(*seed, LIMIT, 1);
                let trial = try_mutant(&ROOMY, &MUTANTS, *mutant, property, &plan);
                if !trial.killed() {
                    let Trial { mutant, name, property, sentence, .. } = trial;
                    let line = format!("{mutant} {name} survives {property}: {sentence}");
                    survivors.lock().unwrap().push(format!("{line}, seed {seed}"));
                }
            }
        };
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        for _ in 0..cores {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).unwrap();
        }
    });

    let survivors = survivors.into_inner().unwrap();
    assert!(survivors.is_empty(), "{survivors:#?}");
}
