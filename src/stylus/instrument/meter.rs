//! Ink per basic block, charged at its head.

use wasmparser::{BlockType, Operator};

use super::operator::profile;
use super::{Code, Place, Scope};
use crate::stylus::refusal::Refusal;

/// Operators that the charge of one block takes.
const CHARGE: usize = 12;

/// Puts the charge of every basic block before it.
///
/// A block ends where control may leave it, and at every call. The head of a loop's body is inside
/// the loop, so that each turn pays.
///
/// # Errors
///
/// [`Refusal::Operators`] as soon as the function is over its limit.
pub(super) fn charge_blocks<'a>(
    code: Code<'a>,
    scope: &Scope<'_>,
    place: &Place,
) -> Result<Code<'a>, Refusal> {
    let mut metered = Vec::with_capacity(code.len().saturating_mul(3));
    let mut block = Vec::new();
    let mut cost = scope.version.wasm.block_head;
    for operator in code {
        let ends = ends_block(&operator);
        let price = profile(&operator, scope).map_or(0, |profile| profile.ink);
        cost = cost.saturating_add(price);
        block.push(operator);
        if ends {
            charge(&mut metered, scope, cost);
            metered.append(&mut block);
            cost = scope.version.wasm.block_head;
            scope.check_length(&metered, place)?;
        }
    }
    metered.append(&mut block);
    Ok(metered)
}

/// Does a basic block end with this operator?
fn ends_block(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::End
            | Operator::Else
            | Operator::Return
            | Operator::Loop { .. }
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::If { .. }
            | Operator::Call { .. }
            | Operator::CallIndirect { .. }
    )
}

/// `if ink < cost { status = 1; unreachable }; ink -= cost`.
fn charge(code: &mut Code<'_>, scope: &Scope<'_>, cost: u64) {
    let ink = scope.ink;
    let charge: [Operator<'_>; CHARGE] = [
        Operator::GlobalGet { global_index: ink },
        Operator::I64Const { value: cost as i64 },
        Operator::I64LtU,
        Operator::If { blockty: BlockType::Empty },
        Operator::I32Const { value: 1 },
        Operator::GlobalSet { global_index: scope.status },
        Operator::Unreachable,
        Operator::End,
        Operator::GlobalGet { global_index: ink },
        Operator::I64Const { value: cost as i64 },
        Operator::I64Sub,
        Operator::GlobalSet { global_index: ink },
    ];
    code.extend(charge);
}
