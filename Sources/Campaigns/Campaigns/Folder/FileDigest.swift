// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib
import Foundation

/// A digest of a file, by which a campaign tells that program and inputs are those that it was planned with: CRC-32, Adler-32 and the
/// number of bytes.
///
/// It guards against mistakes, not against forgery.
public struct FileDigest: Sendable, Hashable, CustomStringConvertible {
  /// Three numbers in hexadecimal digits.
  public let description: String

  /// A digest as it was written down.
  public init(text: String) { description = text }

  /// The digest of the file at `path`.
  ///
  /// - Throws: ``CampaignError`` that names it.
  public init(ofFile path: String) throws(CampaignError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CampaignError(path, "cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var (cyclic, adler, size) = (crc32(0, nil, 0), adler32(0, nil, 0), 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CampaignError(path, "cannot be read: \(String(cString: strerror(errno)))") }
      if count == 0 { break }
      cyclic = crc32(cyclic, buffer, UInt32(count))
      adler = adler32(adler, buffer, UInt32(count))
      size += count
    }
    description = [UInt(cyclic), UInt(adler), UInt(size)].map { String($0, radix: 16) }.joined(separator: "-")
  }

  /// The path of the program that runs.
  public static var ownProgram: String {
    let link = "/proc/self/exe"
    if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link) { return path }
    return Bundle.main.executablePath ?? CommandLine.arguments[0]
  }
}
