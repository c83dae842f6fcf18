import { Module } from '@nestjs/common';
import { ReviewLine } from './review-line';
import { ReviewsController } from './reviews.controller';

@Module({ controllers: [ReviewsController], providers: [ReviewLine] })
export class ReviewsModule {}
