// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Datasets

/// Arrays as NumPy and MNIST's makers write them, and what is wrong with those that are not.
@Suite struct ArrayTests {
  @Test(arguments: ["f4", "f8", "u1", "i4", "i8"], ["", "-fortran"])
  func everyTypeAndOrder(type: String, order: String) throws {
    let array = try NumericArray(npy: Fixture.bytes("\(type)\(order).npy"))
    #expect(array.shape == [2, 3, 4])
    #expect(array.doubles == Fixture.values(24, type: type))
    #expect(array.floats.map(Double.init) == array.doubles)
    #expect(array.index(ofPlace: 17) == [1, 1, 1])
  }

  @Test(arguments: [2, 3]) func everyVersion(version: Int) throws {
    let bytes = try Fixture.bytes("version\(version).npy")
    #expect(bytes[6] == UInt8(version))
    #expect(try NumericArray(npy: bytes).doubles == Fixture.values(5, type: "f8"))
  }

  @Test func otherTypesAreRefused() throws {
    let complex = try Fixture.bytes("complex.npy")
    #expect(throws: ArrayFileError.unsupportedType("<c8")) { try NumericArray(npy: complex) }
    guard
      case .malformedNumber? = Fixture.error(
        ArrayFileError.self, { try NumericArray(npy: Fixture.bytes("u8-beyond.npy")) })
    else {
      Issue.record("2⁶³ was read")
      return
    }
    let pickled = try Fixture.bytes("pickled.npy")
    #expect(throws: ArrayFileError.unsupportedType("|O")) { try NumericArray(npy: pickled) }
    #expect(throws: ArrayFileError.unsupportedType("with named fields")) {
      try NumericArray(npy: npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", data: 8))
    }
  }

  /// A `.npy` of version 1 with this header text and so many bytes of numbers.
  private func npy(_ header: String, data: Int) -> [UInt8] {
    let text = Array(header.utf8)
    return NumericArray.npyMagic + [1, 0, UInt8(text.count % 256), UInt8(text.count / 256)] + text
      + [UInt8](repeating: 0, count: data)
  }

  private func shaped(_ shape: String, data: Int) -> [UInt8] {
    npy("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }", data: data)
  }

  @Test func shapesAreCheckedAgainstTheFile() throws {
    #expect(try NumericArray(npy: shaped("()", data: 8)).doubles == [0])
    #expect(try NumericArray(npy: shaped("(2,)", data: 16)).shape == [2])
    let start = shaped("(2, 2)", data: 0).count
    #expect(throws: ArrayFileError.wrongSize(offset: start, expected: 32, found: 31)) {
      try NumericArray(npy: shaped("(2, 2)", data: 31))
    }
    #expect(throws: ArrayFileError.wrongSize(offset: start, expected: 32, found: 33)) {
      try NumericArray(npy: shaped("(2, 2)", data: 33))
    }
    #expect(throws: ArrayFileError.noElements(shape: [3, 0])) { try NumericArray(npy: shaped("(3, 0)", data: 0)) }
    let huge = 1 << 40
    #expect(throws: ArrayFileError.shapeTooLarge(shape: [huge, huge])) {
      try NumericArray(npy: shaped("(\(huge), \(huge))", data: 8))
    }
    // As many numbers as fit 64 bits, but not as many bytes.
    #expect(throws: ArrayFileError.shapeTooLarge(shape: [1 << 60, 2])) {
      try NumericArray(npy: shaped("(\(1 << 60), 2)", data: 8))
    }
    // It fits 64 bits and no file.
    #expect(Fixture.error(ArrayFileError.self) { try NumericArray(npy: shaped("(\(1 << 50),)", data: 8)) } != nil)
  }

  @Test(arguments: [
    "{'descr': '<f8', 'fortran_order': False}", "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", "{'descr': '<f8', 'fortran_order': False, 'shape': 1}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': True}", "{'descr': '<f8",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", "", "{}", "{'descr': [",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f8' 'fortran_order': False, 'shape': (1,)}",
  ])
  func headersAreParsedStrictly(header: String) {
    let error = Fixture.error(ArrayFileError.self) { try NumericArray(npy: npy(header, data: 8)) }
    guard case .malformedHeader(.npy, _, _) = error else {
      Issue.record("\(header): \(String(describing: error))")
      return
    }
  }

  @Test func versionsAndMagicAreChecked() throws {
    var bytes = try Fixture.bytes("f8.npy")
    bytes[6] = 4
    #expect(throws: ArrayFileError.unsupportedVersion(major: 4, minor: 0)) { try NumericArray(npy: bytes) }
    #expect(throws: ArrayFileError.wrongMagic(.npy, found: [1, 2])) { try NumericArray(npy: [1, 2]) }
    #expect(throws: ArrayFileError.wrongMagic(.idx, found: [1, 0, 8, 1])) { try NumericArray(idx: [1, 0, 8, 1]) }
    #expect(throws: ArrayFileError.wrongMagic(.idx, found: [])) { try NumericArray(idx: []) }
  }

  @Test func imagesAreRead() throws {
    for name in ["images-idx3-ubyte", "images-idx3-ubyte.gz"] {
      let array = try DataFile(Fixture.path("formats/" + name)).array()
      #expect(array.shape == [3, 2, 2])
      #expect(try array.bytes().map(Double.init) == Fixture.values(12, type: "u1"))
    }
    let floats = try NumericArray(idx: Fixture.bytes("floats-idx2-float"))
    #expect(floats.shape == [2, 2] && floats.doubles == Fixture.values(4, type: "f4"))
    #expect(throws: ArrayFileError.wrongType(expected: "bytes", found: "32-bit floating-point numbers")) {
      try floats.bytes()
    }
    #expect(throws: ArrayFileError.notWhole(index: [0, 0], value: "-3.5")) { try floats.integers() }
  }

  /// The other types of IDX, by hand: −2 as a byte and as two bytes, −3 as four, 1.5 as eight.
  @Test func otherTypesOfIDX() throws {
    #expect(try NumericArray(idx: [0, 0, 9, 1, 0, 0, 0, 1, 0xFE]).doubles == [-2])
    #expect(try NumericArray(idx: [0, 0, 11, 1, 0, 0, 0, 1, 0xFF, 0xFE]).doubles == [-2])
    #expect(try NumericArray(idx: [0, 0, 12, 1, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFD]).integers() == [-3])
    #expect(try NumericArray(idx: [0, 0, 14, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]).doubles == [1.5])
    #expect(
      throws: ArrayFileError.malformedHeader(.idx, offset: 2, rule: "type 0a is none of 08, 09, 0b, 0c, 0d, 0e")
    ) { try NumericArray(idx: [0, 0, 10, 1, 0, 0, 0, 1, 0]) }
    #expect(throws: ArrayFileError.malformedHeader(.idx, offset: 3, rule: "no axes; at least one is needed")) {
      try NumericArray(idx: [0, 0, 8, 0, 1])
    }
    let most = [UInt8](repeating: 0xFF, count: 12)
    #expect(throws: ArrayFileError.shapeTooLarge(shape: [0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF])) {
      try NumericArray(idx: [0, 0, 8, 3] + most)
    }
  }

  @Test func notFiniteIsNamed() throws {
    let array = NumericArray(shape: [2, 2], elements: .float32([0, 1, .infinity, .nan]))
    #expect(throws: ArrayFileError.notFinite(index: [1, 0], value: "inf")) { try array.requireFinite() }
  }

  /// No prefix of an array is one, and no change of a byte of its header ends the program.
  @Test(arguments: ["f8.npy", "i4-fortran.npy", "u1.npy", "images-idx3-ubyte", "floats-idx2-float"])
  func brokenFilesAreErrors(name: String) throws {
    let bytes = try Fixture.bytes(name)
    func read(_ bytes: [UInt8]) throws -> NumericArray {
      name.hasSuffix(".npy") ? try NumericArray(npy: bytes) : try NumericArray(idx: bytes)
    }
    for size in bytes.indices {
      #expect(Fixture.error(ArrayFileError.self) { try read(Array(bytes[..<size])) } != nil, "\(size) bytes")
    }
    for position in bytes.indices.prefix(128) {
      for value: UInt8 in [0, 1, 0x27, 0x28, 0x39, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[position] = value
        if let array = try? read(changed) { #expect(array.doubles.count == array.count) }
      }
    }
  }
}
