// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib

/// An archive `.npz` of arrays of twos, not compressed, of given names and shapes.
struct StoredArchive {
  private(set) var bytes: [UInt8] = []

  init(_ shapes: [String: [Int]]) {
    var directory: [UInt8] = []
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      let lengths = shape.map { "\($0)," }.joined()
      let header = Array("{'descr': '|u1', 'fortran_order': False, 'shape': (\(lengths)), }".utf8)
      let array =
        [0x93] + Array("NUMPY".utf8) + [1, 0] + little(header.count, 2) + header
        + [UInt8](repeating: 2, count: shape.reduce(1, *))
      let file = Array("\(name).npy".utf8)
      // From the version on, these fields are the same in an entry's header and in the directory.
      let common =
        little(20, 2) + little(0, 8) + little(Int(crc32(0, array, UInt32(array.count))), 4) + little(array.count, 4)
        + little(array.count, 4) + little(file.count, 2) + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 10) + little(bytes.count, 4) + file
      bytes += [0x50, 0x4B, 3, 4] + common + file + array
    }
    let end = [0x50, 0x4B, 5, 6] + little(0, 4) + little(shapes.count, 2) + little(shapes.count, 2)
    bytes += directory + end + little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
  }
}

/// A number in so many bytes, the least significant first.
private func little(_ number: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
}
