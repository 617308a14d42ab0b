// What the server takes at most on each side.
const side = 1280;

/**
 * shrink draws a picture from her phone anew, smaller and upright, as a JPEG:
 * on a weak line it goes quicker, and where and with what it was taken never
 * leaves the phone. It throws where the browser can't read the file.
 */
export async function shrink(picture: Blob): Promise<File> {
	const drawn = await createImageBitmap(picture, { imageOrientation: "from-image" });
	const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(drawn.width * scale));
	canvas.height = Math.max(1, Math.round(drawn.height * scale));
	canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
	drawn.close();
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.8));
	if (!blob) throw new Error("not drawn");
	return new File([blob], "picture.jpg", { type: "image/jpeg" });
}
