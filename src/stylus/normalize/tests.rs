use super::*;

#[test]
fn custom_sections_are_dropped_and_the_rest_is_kept() {
    let named = wat::parse_str(
        "(module $m (@custom \"producers\" \"x\") (func $f (export \"f\") (result i32) i32.const 1)
           (memory 1) (data (i32.const 0) \"abc\"))",
    )
    .expect("test WAT");
    let bare = wat::parse_str(
        "(module (func (export \"f\") (result i32) i32.const 1)
           (memory 1) (data (i32.const 0) \"abc\"))",
    )
    .expect("test WAT");

    assert!(named.len() > bare.len());
    assert_eq!(normalize(&named), Ok(bare.clone()));
    assert_eq!(normalize(&bare), Ok(bare));
}

#[test]
fn long_numbers_become_short() {
    // (module (func (result i32) i32.const 1)), every size and index in five bytes.
    let long = [
        b"\0asm\x01\0\0\0".as_slice(),
        &[1, 0x89, 0x80, 0x80, 0x80, 0, 0x81, 0x80, 0x80, 0x80, 0, 0x60, 0, 1, 0x7f],
        &[3, 6, 1, 0x80, 0x80, 0x80, 0x80, 0],
        &[10, 10, 1, 8, 0, 0x41, 0x81, 0x80, 0x80, 0x80, 0, 0x0b],
    ]
    .concat();
    let short = wat::parse_str("(module (func (result i32) i32.const 1))").expect("test WAT");

    assert_eq!(normalize(&long), Ok(short));
}

#[test]
fn what_is_refused_later_is_normalized_all_the_same() {
    let wat = "(module (func $s) (start $s) (func (param f32) (result f32) local.get 0))";
    let wasm = wat::parse_str(wat).expect("test WAT");

    assert!(normalize(&wasm).is_ok());
}

#[test]
fn what_is_no_module_is_malformed() {
    for bytes in [&b""[..], b"\0asm", b"\0asm\x02\0\0\0", b"\0asm\x0d\0\x01\0", b"not wasm at all"]
    {
        assert!(matches!(normalize(bytes), Err(Refusal::Malformed(_))), "{bytes:?}");
    }
}
