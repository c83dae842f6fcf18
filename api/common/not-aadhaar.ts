import { registerDecorator } from 'class-validator';
import { containsAadhaar } from '../../src/details/aadhaar';

/** A full Aadhaar number is refused everywhere (RBI: it is not to be stored, DESIGN §2). */
export function NotAadhaar(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'notAadhaar',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => {
          const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
          return !texts.some((text) => typeof text === 'string' && containsAadhaar(text));
        },
        defaultMessage: () => `${String(propertyName)} must not contain an Aadhaar number`,
      },
    });
  };
}
