//! The index against exact rationals: nobody earns more than is theirs, or loses more than a wei at
//! each step.

use emetis_common::staking::METIS;
use emetis_common::staking::position::Position;
use emetis_common::staking::rewards::{Index, Owed, RAY, accrue, split, unpark};
use emetis_common::staking::sequencer::Money;
use num_rational::BigRational;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Reward(u128),
    Change { who: usize, shares: u128 },
    Claim { who: usize },
}

const PEOPLE: usize = 4;

fn step() -> impl Strategy<Value = Step> {
    let shares = prop_oneof![Just(0), METIS..=3 * METIS, METIS..=100_000 * METIS];
    prop_oneof![
        prop_oneof![0..=16_u128, 0..=1_000 * METIS].prop_map(Step::Reward),
        (0..PEOPLE, shares).prop_map(|(who, shares)| Step::Change { who, shares }),
        (0..PEOPLE).prop_map(|who| Step::Claim { who }),
    ]
}

fn exactly(a: u128) -> BigRational {
    BigRational::from_integer(a.into())
}

proptest! {
    #[test]
    fn earned_is_exact_to_a_wei_a_step(
        steps in prop::collection::vec(step(), 1..60),
        commission in 0_u64..=2_000,
        bond in METIS..=20_000 * METIS,
    ) {
        let mut positions = [Position::default(); PEOPLE];
        let mut exact = vec![exactly(0); PEOPLE];
        let (mut index, mut owed) = (Index::default(), Owed::default());
        let (mut brought, mut paid) = (0, 0);

        for (count, step) in steps.iter().enumerate() {
            let shares: u128 = positions.iter().map(|position| position.shares).sum();
            let money = Money { bond, delegated: shares, commission, nonce: 1, ..Money::default() };
            match step {
                Step::Reward(amount) => {
                    let after = accrue(*amount, &money, shares, index, owed);
                    prop_assert!(after.index.index >= index.index, "the index never falls");
                    prop_assert_eq!(after.operator + after.delegators + after.parked, *amount);
                    if after.delegators > 0 {
                        for (exact, position) in exact.iter_mut().zip(&positions) {
                            *exact += exactly(after.delegators) * exactly(position.shares)
                                / exactly(shares);
                        }
                    }
                    (index, owed, brought) = (after.index, after.owed, brought + amount);
                }
                Step::Change { who, shares } => {
                    let before = positions[*who].earned(index.index);
                    positions[*who] = positions[*who].with_shares(*shares, index.index);
                    let after = positions[*who].earned(index.index);
                    prop_assert!(after == before || after + 1 == before);
                }
                Step::Claim { who } => {
                    let earned = positions[*who].earned(index.index);
                    positions[*who] = positions[*who].claimed(index.index);
                    prop_assert_eq!(positions[*who].earned(index.index), 0);
                    exact[*who] -= exactly(earned);
                    index.delegators -= earned;
                    paid += earned;
                }
            }
            let mut sum = 0;
            for (position, exact) in positions.iter().zip(&exact) {
                let earned = position.earned(index.index);
                prop_assert!(exactly(earned) <= *exact, "nobody earns more than is theirs");
                prop_assert!(exactly(earned + count as u128 + 2) > *exact);
                sum += earned;
                // Through its slot, as a program keeps it.
                prop_assert_eq!(Position::unpack(&position.pack()), *position);
            }
            prop_assert!(sum <= index.delegators, "what is earned is there");
            prop_assert_eq!(brought, paid + index.delegators + owed.operator + owed.parked);
        }
    }
}

#[test]
fn a_century_at_the_caps_does_not_fill_the_index() {
    let (year, shares) = (19_000_000 * METIS, METIS);
    let money = Money { bond: 0, delegated: METIS, nonce: 1, ..Money::default() };

    let rise = split(year, &money, shares, 0).unwrap().rise;

    // All METIS there is, each year, on the least stake that earns.
    assert!(rise.checked_mul(100).is_some_and(|index| index < u128::MAX / 100));
    assert!(split(year, &money, shares, u128::MAX - rise).is_some());
    assert!(split(year, &money, shares, u128::MAX - rise + 1).is_none(), "then it parks");
}

#[test]
fn what_falls_on_no_stake_parks_and_is_the_operators_later() {
    let (index, owed) = (Index::default(), Owed::default());
    let none = Money { bond: METIS - 1, nonce: 1, ..Money::default() };
    let some = Money { bond: METIS - 1, delegated: 9 * METIS, nonce: 1, ..Money::default() };

    let parked = accrue(7 * METIS, &none, 0, index, owed);
    let later = accrue(0, &some, 9 * METIS, parked.index, parked.owed);

    assert_eq!((parked.owed.parked, parked.owed.operator), (7 * METIS, 0));
    assert_eq!((later.owed.parked, later.owed.operator), (0, 7 * METIS));
    assert_eq!(later.index, index, "who came later gets no part of it");
}

#[test]
fn what_comes_in_jail_is_split_then_and_paid_on_release_whatever_stake_there_is_by_then() {
    let jailed =
        Money { bond: METIS, delegated: 9 * METIS, jailed: true, nonce: 1, ..Money::default() };
    let richer = Money { bond: 90_000 * METIS, jailed: false, commission: 5_000, ..jailed };
    let without_bond = Money { bond: 0, jailed: false, ..jailed };

    let parked = accrue(10 * METIS, &jailed, 9 * METIS, Index::default(), Owed::default());
    assert_eq!(parked.owed, Owed { operator: 0, parked: METIS, parked_delegators: 9 * METIS });
    assert_eq!((parked.parked, parked.index), (10 * METIS, Index::default()));

    for free in [richer, without_bond] {
        let paid = unpark(&free, 9 * METIS, parked.index, parked.owed);
        assert_eq!(paid.owed, Owed { operator: METIS, ..Owed::default() });
        assert_eq!((paid.index.delegators, paid.index.index), (9 * METIS, RAY));
        assert_eq!((paid.operator, paid.delegators, paid.parked), (METIS, 9 * METIS, 0));
    }
}

#[test]
fn what_parked_for_delegators_is_the_operators_where_none_stayed() {
    let owed = Owed { operator: 1, parked: 2 * METIS, parked_delegators: 3 * METIS };
    let money = Money { bond: METIS, nonce: 1, ..Money::default() };
    let nothing = Money { bond: METIS - 1, ..money };

    let paid = unpark(&money, 0, Index::default(), owed);
    let waits = unpark(&nothing, 0, Index::default(), owed);

    assert_eq!(paid.owed, Owed { operator: 5 * METIS + 1, ..Owed::default() });
    assert_eq!(waits.owed, Owed { operator: 1, parked: 5 * METIS, parked_delegators: 0 });
    assert_eq!((paid.index, waits.index), (Index::default(), Index::default()));
}
