// SPDX-License-Identifier: MIT

/// A picture whose pixels are numbers of colours in its palette.
public struct Picture: Sendable {
  /// The colours.
  public private(set) var palette: [UInt8] = []
  /// Numbers of colours.
  public private(set) var pixels: [UInt8] = []

  /// Why a picture cannot be read.
  public enum Problem: Error { case notAPicture, version(UInt8), chunk(UInt8), ends, noPalette, colour(UInt8) }

  /// Reads 0x89 "PIC", the version 2, and chunks: a letter, the number of bytes, the bytes.
  ///
  /// Planted: a second palette may be shorter than the first, and the pixels that were read before it are not looked at again.
  public init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    for expected in [0x89, 0x50, 0x49, 0x43] as [UInt8] where try Picture.next(&rest) != expected {
      throw Problem.notAPicture
    }
    let version = try Picture.next(&rest)
    guard version == 2 else { throw Problem.version(version) }
    while !rest.isEmpty {
      let kind = try Picture.next(&rest)
      let count = Int(try Picture.next(&rest))
      guard rest.count >= count else { throw Problem.ends }
      let content = rest.prefix(count)
      rest = rest.dropFirst(count)
      switch kind {
      case 0x43: palette = Array(content)
      case 0x44:
        guard !palette.isEmpty else { throw Problem.noPalette }
        for colour in content {
          guard colour < palette.count else { throw Problem.colour(colour) }
          pixels.append(colour)
        }
      default: throw Problem.chunk(kind)
      }
    }
  }

  /// Whether every pixel has a colour.
  public var isComplete: Bool { pixels.allSatisfy { Int($0) < palette.count } }

  private static func next(_ rest: inout ArraySlice<UInt8>) throws -> UInt8 {
    guard let byte = rest.popFirst() else { throw Problem.ends }
    return byte
  }
}
