//! Status follows from money, flags and parameters: every case, enumerated.

use emetis_common::staking::METIS;
use emetis_common::staking::rules::Rules;
use emetis_common::staking::sequencer::Money;
use emetis_common::staking::status::{Status, bond_needed, status};

#[test]
fn every_combination_has_one_status() {
    let rules = Rules::default();
    let bonds = [0, 1_999, 2_000, 20_000].map(|metis| metis * METIS);
    let delegations = [0, 17_999, 18_000, 38_000, 38_001].map(|metis| metis * METIS);

    for bond in bonds {
        for delegated in delegations {
            for flags in 0..8 {
                let [exists, jailed, exiting] =
                    [flags & 1, flags & 2, flags & 4].map(|bit| bit != 0);
                let nonce = u64::from(exists);
                let money = Money { bond, delegated, nonce, jailed, exiting, ..Money::default() };
                let (stake, is_gone) = (bond + delegated, bond == 0 && delegated == 0);
                let suffices =
                    bond >= 2_000 * METIS && bond * 20 >= stake && stake >= 20_000 * METIS;

                let expected = match (exists, exiting, jailed, suffices) {
                    (false, ..) => Status::None,
                    (_, true, ..) if is_gone => Status::Exited,
                    (_, true, ..) => Status::Exiting,
                    (_, _, true, _) => Status::Jailed,
                    (_, _, _, true) => Status::Active,
                    _ => Status::Candidate,
                };
                // One share for each wei.
                assert_eq!(status(&money, delegated, &rules), expected, "{money:?}");
            }
        }
    }
}

#[test]
fn the_bond_that_a_stake_needs_is_rounded_up() {
    let rules = Rules { min_bond: 1, ..Rules::default() };

    let needed = [1, 20, 21, 40, 41].map(|stake| bond_needed(stake, &rules));

    assert_eq!(needed, [1, 1, 2, 2, 3]);
}
