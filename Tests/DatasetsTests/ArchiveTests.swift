// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib
import Testing

@testable import Datasets

/// Compressed files and archives: read as written, refused where broken.
@Suite struct ArchiveTests {
  @Test func membersFollowEachOther() throws {
    let plain = try Fixture.bytes("images-idx3-ubyte")
    let packed = try Fixture.bytes("images-idx3-ubyte.gz")
    #expect(try gunzip(packed) == plain)
    #expect(try gunzip(packed + packed) == plain + plain)
  }

  @Test func brokenGzipIsAnError() throws {
    let packed = try Fixture.bytes("images-idx3-ubyte.gz")
    #expect(throws: GzipError.wrongMagic(found: [0x50, 0x4B])) { try gunzip([0x50, 0x4B, 3]) }
    #expect(throws: GzipError.wrongMagic(found: [])) { try gunzip([]) }
    #expect(throws: GzipError.trailingBytes(offset: packed.count, count: 2)) { try gunzip(packed + [0, 0]) }
    #expect(throws: GzipError.tooLarge(limit: 27)) { try gunzip(packed, limit: 27) }
    #expect(try gunzip(packed, limit: 28).count == 28)
    for size in 2..<packed.count {
      #expect(throws: GzipError.truncated(offset: size), "\(size) bytes") { try gunzip(Array(packed[..<size])) }
    }
    // Length and checksum, the last eight bytes, are checked, and so is the second member's.
    for position in (packed.count - 8)..<packed.count {
      var changed = packed
      changed[position] ^= 1
      guard case .corrupt = Fixture.error(GzipError.self, { try gunzip(changed) }) else {
        Issue.record("byte \(position) was not checked")
        continue
      }
      guard case .corrupt(let offset, _) = Fixture.error(GzipError.self, { try gunzip(packed + changed) }) else {
        Issue.record("byte \(position) of the second member was not checked")
        continue
      }
      #expect(offset > packed.count)
    }
  }

  /// What inflates without end is stopped: 64 MB of zeros are 64 kB compressed.
  @Test func bombsAreStopped() throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 26)
    var packed = [UInt8](repeating: 0, count: 1 << 20)
    var stream = z_stream()
    #expect(
      deflateInit2_(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK)
    let size = zeros.withUnsafeBufferPointer { input in
      packed.withUnsafeMutableBufferPointer { room -> Int in
        (stream.next_in, stream.avail_in) = (UnsafeMutablePointer(mutating: input.baseAddress), UInt32(input.count))
        (stream.next_out, stream.avail_out) = (room.baseAddress, UInt32(room.count))
        #expect(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return room.count - Int(stream.avail_out)
      }
    }
    deflateEnd(&stream)
    #expect(throws: GzipError.tooLarge(limit: 1 << 20)) { try gunzip(Array(packed[..<size]), limit: 1 << 20) }
  }

  @Test(arguments: [("stored.npz", 4), ("deflated.npz", 40)])
  func archivesAreRead(name: String, length: Int) throws {
    let npz = try NPZ(Fixture.bytes(name))
    #expect(npz.names == ["a", "b"])
    #expect(try npz.array("a").doubles == Fixture.values(6, type: "f8") && npz.array("a").shape == [2, 3])
    #expect(try npz.array("b").integers().map(Double.init) == Fixture.values(length, type: "i8"))
    #expect(throws: ZipError.missingEntry("c", available: ["a", "b"])) { try npz.array("c") }
  }

  @Test(arguments: ["stored.npz", "deflated.npz"]) func brokenArchivesAreErrors(name: String) throws {
    let bytes = try Fixture.bytes(name)
    func read(_ bytes: [UInt8]) throws -> Int {
      let npz = try NPZ(bytes)
      return try npz.names.reduce(0) { $0 + (try npz.array($1).count) }
    }
    let whole = try read(bytes)
    #expect(throws: ZipError.noDirectory(size: 0)) { try NPZ([]) }
    for size in bytes.indices {
      #expect(throws: ZipError.noDirectory(size: size)) { try NPZ(Array(bytes[..<size])) }
    }
    // Any changed byte is noticed, or does not matter to the arrays (dates, attributes, versions).
    var noticed = 0
    for position in bytes.indices {
      for change: UInt8 in [1, 0x80, 0xFF] {
        var changed = bytes
        changed[position] ^= change
        do { #expect(try read(changed) <= whole) } catch {
          #expect(error is ZipError || error is NPZArrayError, "\(error)")
          noticed += 1
        }
      }
    }
    #expect(noticed > bytes.count)
  }

  /// What a directory may say and is not so.
  @Test func archivesAreCheckedAgainstTheirDirectory() throws {
    let bytes = try Fixture.bytes("stored.npz")
    let directory = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    func changed(_ offset: Int, _ values: [UInt8]) -> [UInt8] {
      var copy = bytes
      copy.replaceSubrange((directory + offset)..<(directory + offset + values.count), with: values)
      return copy
    }
    func error(_ bytes: [UInt8]) -> ZipError? { Fixture.error(ZipError.self) { try NPZ(bytes).array("a") } }
    #expect(error(changed(8, [1, 0])) == .unsupported(entry: "a.npy", what: "encrypted"))
    #expect(error(changed(10, [12, 0])) == .unsupported(entry: "a.npy", what: "compressed by method 12"))
    #expect(error(changed(16, [0, 0, 0, 0])) == .wrongChecksum("a.npy"))
    #expect(error(changed(46, Array("b".utf8))) == .duplicateEntry("b.npy"))
    guard case .corruptEntry("a.npy", _, _) = error(changed(42, [0xFE, 0xFF, 0xFF, 0x7F])) else {
      Issue.record("an offset beyond the end was not noticed")
      return
    }
    // A size beyond 32 bits that the extension does not give.
    guard case .malformed = error(changed(24, [0xFF, 0xFF, 0xFF, 0xFF])) else {
      Issue.record("a missing 64-bit size was not noticed")
      return
    }
  }

  /// Sizes in the extension for large archives, as beyond 4 GB, on a small one.
  @Test func largeArchivesAreRead() throws {
    var bytes = try Fixture.bytes("stored.npz")
    let directory = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    func wide(_ number: Int) -> [UInt8] { (0..<8).map { UInt8(number >> (8 * $0) & 0xFF) } }
    // The first entry: both sizes and the offset move to an extension of 24 bytes.
    let (packed, size) = (
      bytes.littleEndian(at: directory + 20, size: 4), bytes.littleEndian(at: directory + 24, size: 4)
    )
    let name = bytes.littleEndian(at: directory + 28, size: 2)
    for offset in [20, 24, 42] {
      bytes.replaceSubrange((directory + offset)..<(directory + offset + 4), with: [0xFF, 0xFF, 0xFF, 0xFF])
    }
    bytes.replaceSubrange((directory + 30)..<(directory + 32), with: [28, 0])
    bytes.insert(contentsOf: [1, 0, 24, 0] + wide(size) + wide(packed) + wide(0), at: directory + 46 + name)
    // The end: a record of 56 bytes, its locator, and the old one without numbers.
    let end = bytes.count - 22
    let count = bytes.littleEndian(at: end + 10, size: 2)
    let record =
      [0x50, 0x4B, 6, 6] + wide(44) + [45, 0, 45, 0] + [UInt8](repeating: 0, count: 8) + wide(count) + wide(count)
      + wide(end - directory) + wide(directory)
    let locator: [UInt8] = [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + wide(end) + [1, 0, 0, 0]
    bytes.replaceSubrange((end + 8)..<(end + 20), with: [UInt8](repeating: 0xFF, count: 12))
    bytes.insert(contentsOf: record + locator, at: end)
    #expect(try NPZ(bytes).array("a").doubles == Fixture.values(6, type: "f8"))
    #expect(try NPZ(bytes).array("b").doubles == Fixture.values(4, type: "i8"))
  }
}
