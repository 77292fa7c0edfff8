// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// All bytes of a file, a pipe or standard input, read once into one array.
///
/// - Parameters:
///   - path: the file; `-` and `/dev/stdin` are standard input.
///   - limit: the most bytes that are read of what has no size beforehand, such as a pipe.
/// - Throws: ``DataFileError``.
public func fileBytes(_ path: String, limit: Int = DataFile.mostBytes) throws(DataFileError) -> [UInt8] {
  let isStandardInput = path == "-" || path == "/dev/stdin"
  let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw DataFileError(path, errno == ENOENT || errno == ENOTDIR ? "no such file" : reason(errno))
  }
  defer { if !isStandardInput { close(descriptor) } }
  var information = stat()
  guard fstat(descriptor, &information) == 0 else { throw DataFileError(path, reason(errno)) }
  let kind = information.st_mode & S_IFMT
  if kind == S_IFDIR { throw DataFileError(path, "is a directory; name a file in it") }
  // What /proc has says size 0 and is longer.
  let size = kind == S_IFREG ? Int(information.st_size) : 0
  let most = size > 0 ? Int.max : limit
  var failure: Int32 = 0
  var bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    failure = fill(buffer, &count, from: descriptor)
  }
  // To the end, whatever size the file says it has.
  var rest = [UInt8](repeating: 0, count: 1 << 16)
  while failure == 0 {
    var count = 0
    failure = rest.withUnsafeMutableBufferPointer { fill($0, &count, from: descriptor) }
    if count == 0 { break }
    bytes += rest[..<count]
    if bytes.count > most { throw DataFileError(path, DataFile.beyond(most)) }
  }
  if failure != 0 { throw DataFileError(path, reason(failure)) }
  return bytes
}

/// Reads until the buffer is full or the file ends; the error's number, or 0.
private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int, from descriptor: Int32) -> Int32 {
  while count < buffer.count {
    let read = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, min(buffer.count - count, 1 << 30))
    if read == 0 { return 0 }
    if read > 0 { count += read } else if errno != EINTR { return errno }
  }
  return 0
}

private func reason(_ number: Int32) -> String {
  number == EACCES || number == EPERM
    ? "cannot be read; check its permissions" : "cannot be read: \(String(cString: strerror(number)).lowercased())"
}
