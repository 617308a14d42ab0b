// The parts that pages are made of. They know words and how a page stands, but
// nothing of any noun. Trouble is not here but in trouble.tsx: a page
// without forms does not need it.
export { Button, LinkButton } from "./button.tsx";
export { type Choice, Choices, Tick } from "./choice.tsx";
export { Dialog } from "./dialog.tsx";
export { Field, FieldError, Select } from "./field.tsx";
export { Form } from "./form.tsx";
export { Heading } from "./heading.tsx";
export { Bench, Icon, Mark } from "./icon.tsx";
export { LanguageChooser } from "./language.tsx";
export { Badge, Notice, type Tone } from "./notice.tsx";
export { Busy, Empty, Ready, Skeleton } from "./state.tsx";
export { Steps } from "./steps.tsx";
export { Ticks } from "./ticks.tsx";
