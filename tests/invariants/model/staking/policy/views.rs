//! What the quota tells.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;

use super::super::super::abi::selector;
use super::super::super::{Prediction, largest};
use super::super::abi::{CHECK, Value};
use super::super::{Staking, seconds};
use super::plan::Plan;
use super::terms::{Figures, cap_of_sequencer};
use super::{Raise, id_or_none};

impl Staking {
    pub(in super::super) fn quota_view(&self, signature: &str, a: &[Value]) -> Prediction {
        let (policy, now) = (&self.policy, self.now);
        let word = |at: usize| a[at].word();
        let account = || a[0].address();
        Ok(match signature {
            CHECK => {
                self.check(figures(a))?;
                B256::right_padding_from(&selector(CHECK)).to_vec()
            }
            "planAllocation(address,uint256)" => lists(&self.plan_allocation(account(), word(1))),
            "planRelease(address,uint256)" => lists(&self.plan_release(account(), word(1))),
            "room(address,uint256)" => {
                let (assets, reason) = self.room(account(), word(1));
                (assets, U256::from(reason as u8)).abi_encode_params()
            }
            "headroom(address)" => {
                let plan = self.plan_allocation(account(), largest(128));
                plan.values().fold(U256::ZERO, |sum, part| sum + *part).abi_encode()
            }
            "stranded(address,uint256)" => {
                let (left, reason) = self.stranded(account(), word(1));
                (left, U256::from(reason as u8)).abi_encode_params()
            }
            "scoresOf(uint256)" => {
                let scores = policy.scores(id_or_none(word(0))).at(now);
                let (operations, market, effective) = scores.next.unwrap_or_default();
                [scores.technical, scores.operations, scores.market, operations, market, effective]
                    .map(seconds)
                    .abi_encode()
            }
            "compositeOf(uint256)" => {
                policy.scores(id_or_none(word(0))).at(now).composite().abi_encode()
            }
            "capOf(uint256)" => {
                let composite = policy.scores(id_or_none(word(0))).at(now).composite();
                cap_of_sequencer(composite, self.rules.threshold, self.rules.max_lock).abi_encode()
            }
            "grantOf(address,uint256)" => self.told(policy.grant(account(), id_or_none(word(1)))),
            "poolCapOf(address)" => self.told(policy.pool_cap(account())),
            "limits()" => policy.limits.words().abi_encode(),
            "churnOf(address)" => {
                (self.churn_of(account()).left(), self.daily()).abi_encode_params()
            }
            "groupOf(uint256)" => {
                let group = id_or_none(word(0));
                let until = policy.tie(group, now).and_then(|tie| tie.until).unwrap_or_default();
                [policy.leader(group, now), until].map(seconds).abi_encode()
            }
            "membersOf(uint256)" => {
                let leader = policy.leader(id_or_none(word(0)), now);
                let mut all = vec![U256::from(leader)];
                all.extend(policy.followers(leader, now).into_iter().map(U256::from));
                all.abi_encode()
            }
            "isRecorded(uint256)" => policy.recorded.contains(&id_or_none(word(0))).abi_encode(),
            "court()" => self.addresses[super::super::Part::Court as usize].abi_encode(),
            "distributor()" => self.distributor.abi_encode(),
            other => panic!("the model knows no view {other} of the quota"),
        })
    }

    fn told(&self, raise: Raise) -> Vec<u8> {
        let (next, effective) = raise.waits(self.now);
        (raise.at(self.now), next, seconds(effective)).abi_encode_params()
    }
}

/// Figures as somebody tells them; amounts beyond 128 bits are the largest there is.
fn figures(a: &[Value]) -> Figures {
    let amount = |at: usize| a[at].word().min(largest(128));
    Figures {
        pool: Address::from_word(a[0].word().into()),
        id: a[1].word().to(),
        assets: amount(2),
        group: a[3].word().to(),
        sequencer_stake: amount(4),
        sequencer_direct: amount(6),
        group_stake: amount(7),
        pool_stake: amount(8),
        pair_stake: amount(9),
        direct_stake: amount(10),
        total: amount(11),
        threshold: amount(12),
        max_lock: amount(13),
    }
}

fn lists(plan: &Plan) -> Vec<u8> {
    let ids: Vec<U256> = plan.keys().map(|id| U256::from(*id)).collect();
    let amounts: Vec<U256> = plan.values().copied().collect();
    (ids, amounts).abi_encode_params()
}
