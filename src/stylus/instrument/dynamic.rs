//! Ink per byte of `memory.copy` and `memory.fill`.

use wasmparser::{BlockType, Operator};

use super::{Code, Scope};

/// Puts the charge for its length before every bulk memory operator.
///
/// The number of operators put in is part of what activation charges for.
pub(super) fn charge_lengths<'a>(code: Code<'a>, scope: &Scope<'_>) -> Code<'a> {
    let bulk = |operator: &Operator<'_>| {
        matches!(operator, Operator::MemoryCopy { .. } | Operator::MemoryFill { .. })
    };
    if !code.iter().any(bulk) {
        return code;
    }
    let mut charged = Vec::with_capacity(code.len());
    for operator in code {
        if bulk(&operator) {
            charge(&mut charged, scope);
        }
        charged.push(operator);
    }
    charged
}

/// `old = ink; ink -= length · price; if old < ink { status = 1; unreachable }`, where the length is
/// on top of the stack and stays there.
///
/// The ink is wrong after the trap, but then the status says that none is left.
fn charge(code: &mut Code<'_>, scope: &Scope<'_>) {
    let Scope { ink, status, scratch, .. } = *scope;
    // A length of 32 bits times a price of less than 32 bits does not wrap.
    let price = scope.version.wasm.bulk_byte as i64;
    code.extend([
        Operator::GlobalSet { global_index: scratch },
        Operator::GlobalGet { global_index: ink },
        Operator::GlobalGet { global_index: ink },
        Operator::GlobalGet { global_index: scratch },
        Operator::I64ExtendI32U,
        Operator::I64Const { value: price },
        Operator::I64Mul,
        Operator::I64Sub,
        Operator::GlobalSet { global_index: ink },
        Operator::GlobalGet { global_index: ink },
        Operator::I64LtU,
        Operator::If { blockty: BlockType::Empty },
        Operator::I32Const { value: 1 },
        Operator::GlobalSet { global_index: status },
        Operator::Unreachable,
        Operator::End,
        Operator::GlobalGet { global_index: scratch },
    ]);
}
